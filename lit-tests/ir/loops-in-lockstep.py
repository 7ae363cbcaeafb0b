# RUN: krait-ir %s | FileCheck %s
# RUN: krait emit --ir -O2 %s | FileCheck %s --check-prefix=VERSION
# A loop over zip or enumerate goes over what these would, where the name means the builtin.
# CHECK-LABEL: function {{.*}} "pairs"
# CHECK: [[A:%[0-9]+]] = local.read $a
# CHECK: [[B:%[0-9]+]] = local.read $b
# CHECK: [[IS:%[0-9]+]] = is.builtin "zip"
# CHECK-NEXT: condbr [[IS]], ^[[DIRECT:[0-9]+]], ^[[GENERAL:[0-9]+]]
# CHECK: ^[[DIRECT]]:
# CHECK-NEXT: [[I:%[0-9]+]] = iter [[A]]
# CHECK-NEXT: local.init $iter.[[FIRST:[0-9]+]], [[I]]
# CHECK-NEXT: [[J:%[0-9]+]] = iter [[B]]
# CHECK-NEXT: local.init $iter.[[SECOND:[0-9]+]], [[J]]
# CHECK: ^[[GENERAL]]: cold
# CHECK: [[ALL:%[0-9]+]] = call
# CHECK: iter [[ALL]]
# CHECK: next.br {{.*}} ^[[END:[0-9]+]]
# CHECK: next.br {{.*}} ^[[END]]
# The iterators die before what the last step gave, the last first.
# CHECK: ^[[END]]:
# CHECK-NEXT: local.clear $iter.[[SECOND]]
# CHECK-NEXT: local.clear $iter.[[FIRST]]
# CHECK-NEXT: local.clear $item.1
# CHECK-NEXT: local.clear $item.0
# What is made for the call lives until all iterators are there.
# CHECK-LABEL: function {{.*}} "slices"
# CHECK: local.init $argument.[[N:[0-9]+]]
# CHECK-NEXT: local.read $argument.[[N]]
# CHECK: iter
# CHECK: iter
# CHECK: local.clear $argument.[[N]]
# CHECK-LABEL: function {{.*}} "counted"
# CHECK: is.builtin "enumerate"
# CHECK: binary.add
# CHECK-NEXT: local.set $item.0
# … from where the text says; the call says it, too.
# CHECK-LABEL: function {{.*}} "from_one"
# CHECK: is.builtin "enumerate"
# CHECK: const int 0
# CHECK: local.init $item.0
# CHECK: ^{{[0-9]+}}: cold
# CHECK: const int 1
# CHECK: call
# CHECK: call.kw
# Of pairs of enumerate those of even steps wait apart from those of odd ones.
# CHECK-LABEL: function {{.*}} "pairs_counted"
# CHECK: is.builtin "enumerate"
# CHECK: is.builtin "zip"
# CHECK: local.init $odd
# CHECK: next.br
# CHECK: next.br
# CHECK-NOT: unpack
# CHECK: local.set $item.
# CHECK: next.br
# CHECK: local.set $item.
# CHECK-NEXT: local.clear $late.[[SECOND:[0-9]+]]
# CHECK-NEXT: local.clear $late.[[FIRST:[0-9]+]]
# CHECK: next.br
# CHECK: local.set $late.[[FIRST]]
# CHECK: next.br
# CHECK: local.set $late.[[SECOND]]
# CHECK-LABEL: function {{.*}} "items_counted"
# CHECK: is.builtin "enumerate"
# CHECK: dict.iterable 2
# CHECK: dict.iterator 2
# CHECK: next.br
# CHECK: next.br
# CHECK: %[[KEY:[0-9]+]], %[[VALUE:[0-9]+]] = unpack 2
# CHECK: local.set $item.{{[0-9]+}}, %[[KEY]]
# CHECK-NEXT: local.set $item.{{[0-9]+}}, %[[VALUE]]
# Others make what they say.
# CHECK-LABEL: function {{.*}} "others"
# CHECK-NOT: is.builtin
# CHECK-LABEL: function {{.*}} "generator"
# CHECK-NOT: is.builtin
# In versions both lists are gone over by index.
# VERSION-LABEL: function {{.*}} "pairs"
# VERSION: raw x int
# VERSION-NEXT: raw y int
# VERSION-NEXT: raw item.0 int
# VERSION-NEXT: raw item.1 int
# VERSION-NEXT: raw iter.{{[0-9]+}} list
# VERSION-NEXT: raw iter.{{[0-9]+}} list
# VERSION: list.item $iter.
# VERSION: list.item $iter.
def pairs(a, b):
    total = 0
    for x, y in zip(a, b):
        total += x * y
    return total


def slices(a):
    for x, y in zip(a[:-1], a[1:]):
        print(x, y)


def counted(a):
    for n, x in enumerate(a):
        print(n, x)


def from_one(a):
    for n, x in enumerate(a, 1):
        print(n, x)
    for n, x in enumerate(a, start=1):
        print(n, x)


def pairs_counted(a, b):
    for n, (x, y) in enumerate(zip(a, b)):
        print(n, x, y)


def items_counted(d):
    for n, (k, v) in enumerate(d.items()):
        print(n, k, v)


def others(a, b):
    for pair in zip(a, b):
        print(pair)
    for x, y in zip(a, b, strict=True):
        print(x, y)
    for x, y in zip(*a):
        print(x, y)
    for x, *y in zip(a, b):
        print(x, y)
    for n, x in enumerate(a, b):
        print(n, x)
    for n, x in enumerate(iterable=a):
        print(n, x)


def generator(a):
    for n, x in enumerate(a):
        yield n, x


print(pairs([1, 2, 3], [4, 5, 6]))
