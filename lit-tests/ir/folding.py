# RUN: krait-ir %s | FileCheck %s
# CHECK: const int 86400
a = 24 * 60 * 60
# CHECK: const bigint 18446744073709551615
b = 2 ** 64 - 1
# CHECK: const tuple(int 1, tuple(str "ab"))
c = (1, ("a" + "b",))
# CHECK: const float -0x0p+0
d = -0.0
# CHECK: const complex 0x1p+0 0x1p+1
e = 1 + 2j
# CHECK: const int -1
f = -7 // 4 + 1
# Too large, or an error at run time:
# CHECK: binary.pow
g = 2 ** 1000
# CHECK: binary.floordiv
h = 1 // 0
# CHECK: const tuple(int 1, int 2)
# CHECK: contains
i = a in [1, 2]
# CHECK: const frozenset(int 1, int 2)
# CHECK: contains
j = a in {1, 2}
