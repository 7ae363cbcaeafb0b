# except* makes a TryStar.
# RUN: krait-parse --ast %s | FileCheck %s

try: a
except* B: c
# CHECK: TryStar(body=[Expr(value=Name(id='a', ctx=Load(), lineno=4, col_offset=5, end_lineno=4, end_col_offset=6), lineno=4, col_offset=5, end_lineno=4, end_col_offset=6)], handlers=[ExceptHandler(type=Name(id='B', ctx=Load(), lineno=5, col_offset=8, end_lineno=5, end_col_offset=9), body=[Expr(value=Name(id='c', ctx=Load(), lineno=5, col_offset=11, end_lineno=5, end_col_offset=12), lineno=5, col_offset=11, end_lineno=5, end_col_offset=12)], lineno=5, col_offset=0, end_lineno=5, end_col_offset=12)], orelse=[], finalbody=[], lineno=4, col_offset=0, end_lineno=5, end_col_offset=12)
