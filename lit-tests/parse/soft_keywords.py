# match, case, type and _ are names where they begin no statement.
# RUN: krait-parse --ast %s | FileCheck %s

match = case = type = _
match(x)
match[x]: int
print(match - 1)
type(x)
# CHECK: Assign(targets=[Name(id='match', ctx=Store(), lineno=4, col_offset=0, end_lineno=4, end_col_offset=5), Name(id='case', ctx=Store(), lineno=4, col_offset=8, end_lineno=4, end_col_offset=12), Name(id='type', ctx=Store(), lineno=4, col_offset=15, end_lineno=4, end_col_offset=19)], value=Name(id='_', ctx=Load(), lineno=4, col_offset=22, end_lineno=4, end_col_offset=23), lineno=4, col_offset=0, end_lineno=4, end_col_offset=23)
# CHECK-SAME: Expr(value=Call(func=Name(id='match', ctx=Load(), lineno=5, col_offset=0, end_lineno=5, end_col_offset=5), args=[Name(id='x', ctx=Load(), lineno=5, col_offset=6, end_lineno=5, end_col_offset=7)], keywords=[], lineno=5, col_offset=0, end_lineno=5, end_col_offset=8), lineno=5, col_offset=0, end_lineno=5, end_col_offset=8)
# CHECK-SAME: AnnAssign(target=Subscript(value=Name(id='match', ctx=Load(), lineno=6, col_offset=0, end_lineno=6, end_col_offset=5), slice=Name(id='x', ctx=Load(), lineno=6, col_offset=6, end_lineno=6, end_col_offset=7), ctx=Store(), lineno=6, col_offset=0, end_lineno=6, end_col_offset=8), annotation=Name(id='int', ctx=Load(), lineno=6, col_offset=10, end_lineno=6, end_col_offset=13), simple=0, lineno=6, col_offset=0, end_lineno=6, end_col_offset=13)
# CHECK-SAME: Expr(value=Call(func=Name(id='print', ctx=Load(), lineno=7, col_offset=0, end_lineno=7, end_col_offset=5), args=[BinOp(left=Name(id='match', ctx=Load(), lineno=7, col_offset=6, end_lineno=7, end_col_offset=11), op=Sub(), right=Constant(value=1, lineno=7, col_offset=14, end_lineno=7, end_col_offset=15), lineno=7, col_offset=6, end_lineno=7, end_col_offset=15)], keywords=[], lineno=7, col_offset=0, end_lineno=7, end_col_offset=16), lineno=7, col_offset=0, end_lineno=7, end_col_offset=16)
# CHECK-SAME: Expr(value=Call(func=Name(id='type', ctx=Load(), lineno=8, col_offset=0, end_lineno=8, end_col_offset=4), args=[Name(id='x', ctx=Load(), lineno=8, col_offset=5, end_lineno=8, end_col_offset=6)], keywords=[], lineno=8, col_offset=0, end_lineno=8, end_col_offset=7), lineno=8, col_offset=0, end_lineno=8, end_col_offset=7)
