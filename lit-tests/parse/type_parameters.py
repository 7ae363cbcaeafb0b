# Type parameters and aliases of PEP 695.
# RUN: krait-parse --ast %s | FileCheck %s

class A[T: int, *Ts, **P]: pass
type X[T] = list[T]
type = 1
# CHECK: ClassDef(name='A', bases=[], keywords=[], body=[Pass(lineno=4, col_offset=27, end_lineno=4, end_col_offset=31)], decorator_list=[], type_params=[TypeVar(name='T', bound=Name(id='int', ctx=Load(), lineno=4, col_offset=11, end_lineno=4, end_col_offset=14), lineno=4, col_offset=8, end_lineno=4, end_col_offset=14), TypeVarTuple(name='Ts', lineno=4, col_offset=16, end_lineno=4, end_col_offset=19), ParamSpec(name='P', lineno=4, col_offset=21, end_lineno=4, end_col_offset=24)], lineno=4, col_offset=0, end_lineno=4, end_col_offset=31)
# CHECK-SAME: TypeAlias(name=Name(id='X', ctx=Store(), lineno=5, col_offset=5, end_lineno=5, end_col_offset=6), type_params=[TypeVar(name='T', lineno=5, col_offset=7, end_lineno=5, end_col_offset=8)], value=Subscript(value=Name(id='list', ctx=Load(), lineno=5, col_offset=12, end_lineno=5, end_col_offset=16), slice=Name(id='T', ctx=Load(), lineno=5, col_offset=17, end_lineno=5, end_col_offset=18), ctx=Load(), lineno=5, col_offset=12, end_lineno=5, end_col_offset=19), lineno=5, col_offset=0, end_lineno=5, end_col_offset=19)
# CHECK-SAME: Assign(targets=[Name(id='type', ctx=Store(), lineno=6, col_offset=0, end_lineno=6, end_col_offset=4)], value=Constant(value=1, lineno=6, col_offset=7, end_lineno=6, end_col_offset=8), lineno=6, col_offset=0, end_lineno=6, end_col_offset=8)
