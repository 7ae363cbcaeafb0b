# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A descriptor of a slot that another class has got: it looks at whom it is given, however often a place has met it.
class Wide:
    __slots__ = ("a", "b", "c", "d", "e")

    def __init__(self):
        self.a = self.e = "wide"


class Narrow:
    __slots__ = ("only",)


class Bare:
    __slots__ = ()


class Open:
    def __init__(self, value=None):
        if value:
            self.borrowed = value


class Below(Wide):
    __slots__ = ()


for cls in Narrow, Bare, Open, Below:
    cls.borrowed = Wide.__dict__["e"]

for o in Narrow(), Narrow(), Bare(), Bare(), Open(), Open(), Below(), Below():
    counts = {}
    for i in range(200):
        try:
            o.borrowed
        except TypeError as e:
            counts[str(e)] = counts.get(str(e), 0) + 1
        else:
            counts["read"] = counts.get("read", 0) + 1
        try:
            o.borrowed = i
        except TypeError as e:
            counts["set"] = counts.get("set", 0) + 1
        try:
            o.borrowed()
        except TypeError as e:
            counts[str(e)] = counts.get(str(e), 0) + 1
        if i % 50 == 49:
            try:
                del o.borrowed
                o.borrowed = "again"
            except TypeError as e:
                counts["del"] = counts.get("del", 0) + 1
    print(counts)


def make(n):
    lost = 0
    for i in range(n):
        try:
            Open(i + 1)
        except TypeError:
            lost += 1
    return lost


print(make(100), hasattr(Below(), "borrowed"))
