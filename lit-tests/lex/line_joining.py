# Newlines inside brackets and after a backslash are not tokens.
# RUN: krait-parse --tokens %s | FileCheck --strict-whitespace --match-full-lines %s

f(a,  # comment

  b) + \
  c
# CHECK:4,0-4,1 NAME 'f'
# CHECK-NEXT:4,1-4,2 LPAR '('
# CHECK-NEXT:4,2-4,3 NAME 'a'
# CHECK-NEXT:4,3-4,4 COMMA ','
# CHECK-NEXT:6,2-6,3 NAME 'b'
# CHECK-NEXT:6,3-6,4 RPAR ')'
# CHECK-NEXT:6,5-6,6 PLUS '+'
# CHECK-NEXT:7,2-7,3 NAME 'c'
# CHECK-NEXT:7,3-7,3 NEWLINE
