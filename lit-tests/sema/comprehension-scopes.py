# RUN: krait-ir --scopes %s | FileCheck %s
# A walrus in a comprehension binds in the function around it.
# CHECK: function f
# CHECK: n: cell assigned
# CHECK: comprehension <listcomp> nested
# CHECK-NEXT: .0: local parameter
# CHECK-NEXT: x: local assigned used
# CHECK-NEXT: n: free assigned declared-nonlocal
def f(xs):
    return [(n := x) for x in xs]
# CHECK: comprehension <genexpr> generator
# CHECK: m: global assigned declared-global
any((m := x) > 1 for x in ())
