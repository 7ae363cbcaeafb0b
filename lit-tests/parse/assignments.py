# Chains, annotations with and without a value, augmented assignments, targets.
# RUN: krait-parse --ast %s | FileCheck %s

a = b, *c = d
(x): int
x.y: int = 1
a[0] @= yield
# CHECK: Assign(targets=[Name(id='a', ctx=Store(), lineno=4, col_offset=0, end_lineno=4, end_col_offset=1), Tuple(elts=[Name(id='b', ctx=Store(), lineno=4, col_offset=4, end_lineno=4, end_col_offset=5), Starred(value=Name(id='c', ctx=Store(), lineno=4, col_offset=8, end_lineno=4, end_col_offset=9), ctx=Store(), lineno=4, col_offset=7, end_lineno=4, end_col_offset=9)], ctx=Store(), lineno=4, col_offset=4, end_lineno=4, end_col_offset=9)], value=Name(id='d', ctx=Load(), lineno=4, col_offset=12, end_lineno=4, end_col_offset=13), lineno=4, col_offset=0, end_lineno=4, end_col_offset=13)
# CHECK-SAME: AnnAssign(target=Name(id='x', ctx=Store(), lineno=5, col_offset=1, end_lineno=5, end_col_offset=2), annotation=Name(id='int', ctx=Load(), lineno=5, col_offset=5, end_lineno=5, end_col_offset=8), simple=0, lineno=5, col_offset=0, end_lineno=5, end_col_offset=8)
# CHECK-SAME: AnnAssign(target=Attribute(value=Name(id='x', ctx=Load(), lineno=6, col_offset=0, end_lineno=6, end_col_offset=1), attr='y', ctx=Store(), lineno=6, col_offset=0, end_lineno=6, end_col_offset=3), annotation=Name(id='int', ctx=Load(), lineno=6, col_offset=5, end_lineno=6, end_col_offset=8), value=Constant(value=1, lineno=6, col_offset=11, end_lineno=6, end_col_offset=12), simple=0, lineno=6, col_offset=0, end_lineno=6, end_col_offset=12)
# CHECK-SAME: AugAssign(target=Subscript(value=Name(id='a', ctx=Load(), lineno=7, col_offset=0, end_lineno=7, end_col_offset=1), slice=Constant(value=0, lineno=7, col_offset=2, end_lineno=7, end_col_offset=3), ctx=Store(), lineno=7, col_offset=0, end_lineno=7, end_col_offset=4), op=MatMult(), value=Yield(lineno=7, col_offset=8, end_lineno=7, end_col_offset=13), lineno=7, col_offset=0, end_lineno=7, end_col_offset=13)
