# Prefixes in any order and case, both quotes, three of them over lines.
# RUN: krait-parse --tokens %s | FileCheck --strict-whitespace --match-full-lines %s

'a' "b\"" rB'\'' u"c" """d
e"""
# CHECK:4,0-4,3 STRING '\'a\''
# CHECK-NEXT:4,4-4,9 STRING '"b\\""'
# CHECK-NEXT:4,10-4,16 STRING 'rB\'\\\'\''
# CHECK-NEXT:4,17-4,21 STRING 'u"c"'
# CHECK-NEXT:4,22-5,4 STRING '"""d\ne"""'
# CHECK-NEXT:5,4-5,4 NEWLINE
