# Columns are UTF-8 bytes; identifiers are normalised to NFKC.
# RUN: krait-parse --ast %s | FileCheck %s

ä = 'é' + ﬁ
# CHECK: Assign(targets=[Name(id='ä', ctx=Store(), lineno=4, col_offset=0, end_lineno=4, end_col_offset=2)], value=BinOp(left=Constant(value='é', lineno=4, col_offset=5, end_lineno=4, end_col_offset=9), op=Add(), right=Name(id='fi', ctx=Load(), lineno=4, col_offset=12, end_lineno=4, end_col_offset=15), lineno=4, col_offset=5, end_lineno=4, end_col_offset=15), lineno=4, col_offset=0, end_lineno=4, end_col_offset=15)
