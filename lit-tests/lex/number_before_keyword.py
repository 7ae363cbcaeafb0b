# A number may touch a keyword.
# RUN: krait-parse --tokens %s | FileCheck --strict-whitespace --match-full-lines %s

1if x else 2or 3
# CHECK:4,0-4,1 NUMBER '1'
# CHECK-NEXT:4,1-4,3 NAME 'if'
# CHECK-NEXT:4,4-4,5 NAME 'x'
# CHECK-NEXT:4,6-4,10 NAME 'else'
# CHECK-NEXT:4,11-4,12 NUMBER '2'
# CHECK-NEXT:4,12-4,14 NAME 'or'
# CHECK-NEXT:4,15-4,16 NUMBER '3'
# CHECK-NEXT:4,16-4,16 NEWLINE
