# RUN: krait emit --llvm -O2 %s | FileCheck %s
# RUN: krait explain %s | FileCheck --check-prefix=EXPLAIN %s
# A loop over what a generator function returns has the body of that function: one step after the other, no generator, no tuple of what is taken
# apart, no count of what the generator is sent. Stopping early lets go of what the body holds.


def pairs(n):
    a = 0
    while a < n:
        yield a, a + 1
        a += 1


def total(n):
    t = 0
    for x, y in pairs(n):
        t += x * y
    return t


def first(n, names):
    for x, y in pairs(n):
        if names[x]:
            return y


# EXPLAIN: no generator is made: the body of 'pairs' is done in the loop [fused-generator]

# CHECK-LABEL: define internal i64 @__main__.total(
# CHECK-NOT: krt_generator_new
# CHECK-NOT: krt_tuple_pair
# CHECK: krt_hot
# CHECK-NOT: krt_tuple_pair
# CHECK-NOT: @_ZN5krait10noneObjectE
# CHECK: ret i64

print(total(4), first(4, [0, 0, 1]))
