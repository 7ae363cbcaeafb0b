# RUN: krait emit --bytecode %s | FileCheck %s
# CHECK: code <module> line 1 flags 0
# CHECK: RESUME 0
# CHECK: LOAD_CONST 0 (code add)
# CHECK-NEXT: MAKE_FUNCTION 0
# CHECK-NEXT: STORE_NAME 0 (add)
# CHECK: code add line 18 flags 3
# CHECK: 19 {{.*}} LOAD_GLOBAL 1 (NULL + range)
# CHECK-NEXT: LOAD_FAST 0 (n)
# CHECK: >> {{ *}}[[LOOP:[0-9]+]] FOR_ITER {{[0-9]+}} (to [[END:[0-9]+]])
# CHECK: 20 {{.*}} LOAD_FAST 0 (n)
# CHECK: BINARY_OP 13 (+=)
# CHECK: JUMP_BACKWARD {{[0-9]+}} (to [[LOOP]])
# CHECK: [[END]] LOAD_CONST
# CHECK: RETURN_VALUE


def add(n):
    for i in range(n):
        n += i
