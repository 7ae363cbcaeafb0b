# RUN: krait-ir %s | FileCheck %s
# Captures are copies that are stored after the whole pattern has matched.
# CHECK: match.is_sequence
# CHECK: match.length
# CHECK: i64.ge
# CHECK: [[A:%[0-9]+]], [[B:%[0-9]+]] = unpack.ex 1, 0,
# CHECK: [[C:%[0-9]+]] = copy [[A]]
# CHECK: [[D:%[0-9]+]] = copy [[B]]
# CHECK: local.set $a, [[C]]
# CHECK-NEXT: local.set $b, [[D]]
# CHECK: match.is_mapping
# CHECK: match.keys
# CHECK: match.rest
# CHECK: [[P:%[0-9]+]] = global.get "P"
# CHECK: match.instance %{{[0-9]+}}, [[P]]
# CHECK: [[F:%[0-9]+]], %{{[0-9]+}}, %{{[0-9]+}} = match.class 3, 1, %{{[0-9]+}}, [[P]]
def f(x):
    match x:
        case [a, *b]: return a
        case {"k": c, **d}: return c
        case P(1, q=e) | (Q(e)): return e
