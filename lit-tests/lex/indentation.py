# Blank lines and comments have no tokens; leaving two blocks at once gives two DEDENTs.
# RUN: krait-parse --tokens %s | FileCheck --strict-whitespace --match-full-lines %s

if a:

    # comment
    if b:
     pass
      
c
# CHECK:4,0-4,2 NAME 'if'
# CHECK-NEXT:4,3-4,4 NAME 'a'
# CHECK-NEXT:4,4-4,5 COLON ':'
# CHECK-NEXT:4,5-4,5 NEWLINE
# CHECK-NEXT:7,4-7,4 INDENT
# CHECK-NEXT:7,4-7,6 NAME 'if'
# CHECK-NEXT:7,7-7,8 NAME 'b'
# CHECK-NEXT:7,8-7,9 COLON ':'
# CHECK-NEXT:7,9-7,9 NEWLINE
# CHECK-NEXT:8,5-8,5 INDENT
# CHECK-NEXT:8,5-8,9 NAME 'pass'
# CHECK-NEXT:8,9-8,9 NEWLINE
# CHECK-NEXT:10,0-10,0 DEDENT
# CHECK-NEXT:10,0-10,0 DEDENT
# CHECK-NEXT:10,0-10,1 NAME 'c'
# CHECK-NEXT:10,1-10,1 NEWLINE
