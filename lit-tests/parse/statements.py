# Simple statements.
# RUN: krait-parse --ast %s | FileCheck %s

import a.b as c, d
from .. import (e as f, g,)
from ...h import *
del a, (b, c[0])
raise A from B; assert c, 'm'
global x, y
# CHECK: Import(names=[alias(name='a.b', asname='c', lineno=4, col_offset=7, end_lineno=4, end_col_offset=15), alias(name='d', lineno=4, col_offset=17, end_lineno=4, end_col_offset=18)], lineno=4, col_offset=0, end_lineno=4, end_col_offset=18)
# CHECK-SAME: ImportFrom(names=[alias(name='e', asname='f', lineno=5, col_offset=16, end_lineno=5, end_col_offset=22), alias(name='g', lineno=5, col_offset=24, end_lineno=5, end_col_offset=25)], level=2, lineno=5, col_offset=0, end_lineno=5, end_col_offset=27)
# CHECK-SAME: ImportFrom(module='h', names=[alias(name='*', lineno=6, col_offset=17, end_lineno=6, end_col_offset=18)], level=3, lineno=6, col_offset=0, end_lineno=6, end_col_offset=18)
# CHECK-SAME: Delete(targets=[Name(id='a', ctx=Del(), lineno=7, col_offset=4, end_lineno=7, end_col_offset=5), Tuple(elts=[Name(id='b', ctx=Del(), lineno=7, col_offset=8, end_lineno=7, end_col_offset=9), Subscript(value=Name(id='c', ctx=Load(), lineno=7, col_offset=11, end_lineno=7, end_col_offset=12), slice=Constant(value=0, lineno=7, col_offset=13, end_lineno=7, end_col_offset=14), ctx=Del(), lineno=7, col_offset=11, end_lineno=7, end_col_offset=15)], ctx=Del(), lineno=7, col_offset=7, end_lineno=7, end_col_offset=16)], lineno=7, col_offset=0, end_lineno=7, end_col_offset=16)
# CHECK-SAME: Raise(exc=Name(id='A', ctx=Load(), lineno=8, col_offset=6, end_lineno=8, end_col_offset=7), cause=Name(id='B', ctx=Load(), lineno=8, col_offset=13, end_lineno=8, end_col_offset=14), lineno=8, col_offset=0, end_lineno=8, end_col_offset=14)
# CHECK-SAME: Assert(test=Name(id='c', ctx=Load(), lineno=8, col_offset=23, end_lineno=8, end_col_offset=24), msg=Constant(value='m', lineno=8, col_offset=26, end_lineno=8, end_col_offset=29), lineno=8, col_offset=16, end_lineno=8, end_col_offset=29)
# CHECK-SAME: Global(names=['x', 'y'], lineno=9, col_offset=0, end_lineno=9, end_col_offset=11)
