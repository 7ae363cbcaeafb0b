# Integers of any size and base, floats by repr, imaginary numbers.
# RUN: krait-parse --ast %s | FileCheck %s

0xFFFF_FFFF_FFFF_FFFF_FFFF, 0b101, 123456789012345678901234567890
1e16, 1e15, 0.0001, 0.00001, 1e999, 5e-324
1.5j, 1e20j, 0j
# CHECK: Expr(value=Tuple(elts=[Constant(value=1208925819614629174706175, lineno=4, col_offset=0, end_lineno=4, end_col_offset=26), Constant(value=5, lineno=4, col_offset=28, end_lineno=4, end_col_offset=33), Constant(value=123456789012345678901234567890, lineno=4, col_offset=35, end_lineno=4, end_col_offset=65)], ctx=Load(), lineno=4, col_offset=0, end_lineno=4, end_col_offset=65), lineno=4, col_offset=0, end_lineno=4, end_col_offset=65)
# CHECK-SAME: Expr(value=Tuple(elts=[Constant(value=1e+16, lineno=5, col_offset=0, end_lineno=5, end_col_offset=4), Constant(value=1000000000000000.0, lineno=5, col_offset=6, end_lineno=5, end_col_offset=10), Constant(value=0.0001, lineno=5, col_offset=12, end_lineno=5, end_col_offset=18), Constant(value=1e-05, lineno=5, col_offset=20, end_lineno=5, end_col_offset=27), Constant(value=inf, lineno=5, col_offset=29, end_lineno=5, end_col_offset=34), Constant(value=5e-324, lineno=5, col_offset=36, end_lineno=5, end_col_offset=42)], ctx=Load(), lineno=5, col_offset=0, end_lineno=5, end_col_offset=42), lineno=5, col_offset=0, end_lineno=5, end_col_offset=42)
# CHECK-SAME: Expr(value=Tuple(elts=[Constant(value=1.5j, lineno=6, col_offset=0, end_lineno=6, end_col_offset=4), Constant(value=1e+20j, lineno=6, col_offset=6, end_lineno=6, end_col_offset=11), Constant(value=0j, lineno=6, col_offset=13, end_lineno=6, end_col_offset=15)], ctx=Load(), lineno=6, col_offset=0, end_lineno=6, end_col_offset=15), lineno=6, col_offset=0, end_lineno=6, end_col_offset=15)
