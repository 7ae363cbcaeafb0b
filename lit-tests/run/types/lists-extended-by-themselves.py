# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Lists extended by themselves: one of a subclass is iterated first, by an __iter__ of its own if it has one.
class Own(list):
    def __iter__(self):
        print("iter", end=" ")
        return iter([10, 20])


class Plain(list):
    pass


class Failing(list):
    def __iter__(self):
        yield 10
        raise KeyError


def items(l):
    return list.__getitem__(l, slice(None))


for cls in Own, Plain, list:
    for name in "extend", "__iadd__", "__init__":
        l = cls([1, 2])
        getattr(list, name)(l, l)
        print(cls.__name__, name, items(l))
    l = cls([1, 2])
    l.extend(l)
    l += l
    print(items(l))
    l[1:1] = l
    print(items(l))
l = Failing([1, 2])
try:
    l.extend(l)
except KeyError:
    print(items(l))
