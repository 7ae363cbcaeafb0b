# Adjacent literals are one constant; escapes; bytes; the prefix u is kept.
# RUN: krait-parse --ast %s | FileCheck %s

'a' "b\n" r'\n'
u'x' 'y'
b'\x00\377' b'z'
'\N{GREEK SMALL LETTER ALPHA}\u00e9\U0001F600\ud800'
# CHECK: Expr(value=Constant(value='ab\n\\n', lineno=4, col_offset=0, end_lineno=4, end_col_offset=15), lineno=4, col_offset=0, end_lineno=4, end_col_offset=15)
# CHECK-SAME: Expr(value=Constant(value='xy', kind='u', lineno=5, col_offset=0, end_lineno=5, end_col_offset=8), lineno=5, col_offset=0, end_lineno=5, end_col_offset=8)
# CHECK-SAME: Expr(value=Constant(value=b'\x00\xffz', lineno=6, col_offset=0, end_lineno=6, end_col_offset=16), lineno=6, col_offset=0, end_lineno=6, end_col_offset=16)
# CHECK-SAME: Expr(value=Constant(value='αé😀\ud800', lineno=7, col_offset=0, end_lineno=7, end_col_offset=52), lineno=7, col_offset=0, end_lineno=7, end_col_offset=52)
