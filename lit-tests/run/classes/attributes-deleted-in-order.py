# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# vars() shows attributes in the order in which they came, whichever were deleted before; of few, of fifteen and of more.
import itertools


class Few:
    def __init__(self):
        self.a, self.b, self.c = 1, 2, 3

    def again(self, names):
        for name in names:
            delattr(self, name)
        for name in names[::-1]:
            setattr(self, name, name)
        return self


class Fifteen:
    def __init__(self):
        self.a = self.b = self.c = self.d = self.e = self.f = self.g = self.h = self.i = self.j = self.k = self.l = self.m = self.n = self.o = 0


class More(Fifteen):
    def __init__(self):
        super().__init__()
        self.p = self.q = 1


for count in range(4):
    for names in itertools.permutations("abc", count):
        print(*vars(Few().again(names)))
for cls in (Fifteen, More):
    for names in ("a", "o", "ao", "oa", "hgijf", "abcdefghijklmno", "onmlkjihgfedcba"):
        o = cls()
        for name in names:
            delattr(o, name)
        o.x = 1
        for name in names[1:]:
            setattr(o, name, name)
        print(*vars(o))
        try:
            del o.zz
        except AttributeError as e:
            print(e)
        try:
            delattr(o, names[0])
        except AttributeError as e:
            print(e)
