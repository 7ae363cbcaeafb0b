# Lists, tuples, sets and dicts with unpacking; groups leave no trace.
# RUN: krait-parse --ast %s | FileCheck %s

[(1), (2,), *a]
{1, *b}
{'k': 1, **c, 2: 3}
()
# CHECK: Expr(value=List(elts=[Constant(value=1, lineno=4, col_offset=2, end_lineno=4, end_col_offset=3), Tuple(elts=[Constant(value=2, lineno=4, col_offset=7, end_lineno=4, end_col_offset=8)], ctx=Load(), lineno=4, col_offset=6, end_lineno=4, end_col_offset=10), Starred(value=Name(id='a', ctx=Load(), lineno=4, col_offset=13, end_lineno=4, end_col_offset=14), ctx=Load(), lineno=4, col_offset=12, end_lineno=4, end_col_offset=14)], ctx=Load(), lineno=4, col_offset=0, end_lineno=4, end_col_offset=15), lineno=4, col_offset=0, end_lineno=4, end_col_offset=15)
# CHECK-SAME: Expr(value=Set(elts=[Constant(value=1, lineno=5, col_offset=1, end_lineno=5, end_col_offset=2), Starred(value=Name(id='b', ctx=Load(), lineno=5, col_offset=5, end_lineno=5, end_col_offset=6), ctx=Load(), lineno=5, col_offset=4, end_lineno=5, end_col_offset=6)], lineno=5, col_offset=0, end_lineno=5, end_col_offset=7), lineno=5, col_offset=0, end_lineno=5, end_col_offset=7)
# CHECK-SAME: Expr(value=Dict(keys=[Constant(value='k', lineno=6, col_offset=1, end_lineno=6, end_col_offset=4), None, Constant(value=2, lineno=6, col_offset=14, end_lineno=6, end_col_offset=15)], values=[Constant(value=1, lineno=6, col_offset=6, end_lineno=6, end_col_offset=7), Name(id='c', ctx=Load(), lineno=6, col_offset=11, end_lineno=6, end_col_offset=12), Constant(value=3, lineno=6, col_offset=17, end_lineno=6, end_col_offset=18)], lineno=6, col_offset=0, end_lineno=6, end_col_offset=19), lineno=6, col_offset=0, end_lineno=6, end_col_offset=19)
# CHECK-SAME: Expr(value=Tuple(elts=[], ctx=Load(), lineno=7, col_offset=0, end_lineno=7, end_col_offset=2), lineno=7, col_offset=0, end_lineno=7, end_col_offset=2)
