# Names, keywords, soft keywords and every kind of number.
# RUN: krait-parse --tokens %s | FileCheck --strict-whitespace --match-full-lines %s

while match_ in μ: 0 1_000 0xFF 0o17 0b1_0 1. .5 1e-3 2j
# CHECK:4,0-4,5 NAME 'while'
# CHECK-NEXT:4,6-4,12 NAME 'match_'
# CHECK-NEXT:4,13-4,15 NAME 'in'
# CHECK-NEXT:4,16-4,18 NAME 'μ'
# CHECK-NEXT:4,18-4,19 COLON ':'
# CHECK-NEXT:4,20-4,21 NUMBER '0'
# CHECK-NEXT:4,22-4,27 NUMBER '1_000'
# CHECK-NEXT:4,28-4,32 NUMBER '0xFF'
# CHECK-NEXT:4,33-4,37 NUMBER '0o17'
# CHECK-NEXT:4,38-4,43 NUMBER '0b1_0'
# CHECK-NEXT:4,44-4,46 NUMBER '1.'
# CHECK-NEXT:4,47-4,49 NUMBER '.5'
# CHECK-NEXT:4,50-4,54 NUMBER '1e-3'
# CHECK-NEXT:4,55-4,57 NUMBER '2j'
# CHECK-NEXT:4,57-4,57 NEWLINE
