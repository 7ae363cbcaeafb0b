# An f-string that is not well formed stays one token, as CPython 3.11 cuts it.
# RUN: krait-parse --tokens %s | FileCheck --strict-whitespace --match-full-lines %s

f'{a' + b
# CHECK:4,0-4,5 STRING 'f\'{a\''
# CHECK-NEXT:4,6-4,7 PLUS '+'
# CHECK-NEXT:4,8-4,9 NAME 'b'
# CHECK-NEXT:4,9-4,9 NEWLINE
