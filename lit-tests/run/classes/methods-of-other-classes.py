# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A builtin type's method that another class has got looks at its receiver, however often a place has called it.
class Plain:
    pass


class Bare:
    __slots__ = ()


class Number(int):
    pass


class Words(list):
    pass


for cls in Plain, Bare, Number, Words:
    cls.append = list.append
    cls.toHex = bytes.hex
    cls.join = str.join
    cls.split = str.split


def calls(o):
    yield lambda: o.append
    yield lambda: o.append(1)
    yield lambda: o.toHex()
    yield lambda: o.join("ab")
    yield lambda: o.split(sep=",")
    yield lambda: o.split(*[","], maxsplit=1)


for o in Plain(), Bare(), Number(3), Words("a"):
    for call in calls(o):
        for i in range(3):
            try:
                call()
            except TypeError as e:
                print(e)
    print(o == ["a", 1, 1, 1])
