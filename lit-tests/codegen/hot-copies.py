# RUN: krait emit --llvm -O2 %s | FileCheck %s
# What the hot runtime does is copied to every call in a loop, and to some outside; where a function has had its share, the rest is calls.
# A generator's body is gone through again and again, though no loop in it shows that.

# CHECK-LABEL: define internal i64 @__main__.once(
# CHECK: call i64 @krt_attr_get_slow(
# CHECK: call i64 @krt_attr_get(
# CHECK: call i64 @krt_attr_get(
# CHECK-NOT: call i64 @krt_attr_get_slow(

# CHECK-LABEL: define internal i64 @__main__.little(
# CHECK-NOT: call i64 @krt_attr_get(

# CHECK-LABEL: define internal i64 @__main__.many(
# CHECK-NOT: call i64 @krt_attr_get(
# CHECK-COUNT-8: call i64 @krt_attr_get_slow(
# CHECK-NOT: call i64 @krt_attr_get(

# CHECK-LABEL: define internal i32 @__main__.resumed.resume(
# CHECK-NOT: call i64 @krt_attr_get(
# CHECK-COUNT-8: call i64 @krt_attr_get_slow(
# CHECK-NOT: call i64 @krt_attr_get(
# CHECK-LABEL: define available_externally
def once(o):
    o.a
    o.b
    o.c
    o.d
    o.e
    o.f
    o.g
    o.h

def little(o):
    return o.a

def many(o, n):
    while n:
        o.a
        o.b
        o.c
        o.d
        o.e
        o.f
        o.g
        o.h

def resumed(o):
    yield o.a
    yield o.b
    yield o.c
    yield o.d
    yield o.e
    yield o.f
    yield o.g
    yield o.h
