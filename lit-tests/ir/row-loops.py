# RUN: krait-ir %s | FileCheck %s
# A loop over what stands in the text makes neither rows nor an iterator: items wait in locals, constants where they are stored.
# CHECK-LABEL: function {{.*}} "around"
# CHECK-NOT: tuple.new
# CHECK: local.init $item.0
# CHECK-NEXT: local.init $item.1
# CHECK: local.init $row
# CHECK-NOT: iter
# CHECK: %[[ROW:[0-9]+]] = local.read $row
# CHECK: test.eq %[[ROW]]
# CHECK: local.set $row
# CHECK: %[[A:[0-9]+]] = local.read $item.0
# CHECK: local.set $a
# CHECK: const int 0
# CHECK: local.set $b
# Behind the loop they die, the last first.
# CHECK: local.clear $row
# CHECK-NEXT: local.clear $item.1
# CHECK-NEXT: local.clear $item.0
# CHECK-LABEL: function {{.*}} "steps"
# CHECK-NOT: iter
# CHECK: test.eq
# Long ones, rows of other sizes, stars and other targets have an iterator.
# CHECK-LABEL: function {{.*}} "others"
# CHECK-COUNT-5: next.br
# CHECK-LABEL: function {{.*}} "inner"
# CHECK: next.br
# CHECK-NOT: next.br
# CHECK: local.init $row
def around(x, y):
    for a, b in ((x, 0), [0, y]):
        print(a, b)


def steps():
    for d in (-1, 0, 1):
        print(d)


def others(x, o):
    for d in (1, 2, 3, 4, 5, 6, 7, 8, 9):
        print(d)
    for a, b in ((x, 1), (1, 2, 3)):
        print(a, b)
    for a, b in ((x, 1), (1, *x)):
        print(a, b)
    for o.a, b in ((x, 1), (1, x)):
        print(b)
    for a in (x,):
        print(a)


def inner(v):
    return [x + d for x in v for d in (-1, 1)]
