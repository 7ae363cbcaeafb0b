# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Instances that have slots and, because of a name that has none, their dict as well: what is stored first in a slot then stands in both.
import gc


class S:
    key = None
    def __init__(self, a):
        self.a = a
    def fill(self, k):
        self.key = k
        self.b = k
        self.c = k
        self.d = k


def other(s, n):
    setattr(s, "extra", n)


def main(n):
    f = [other][0]
    for i in range(n):
        s = S(i)
        f(s, i)
        s.fill(i)
    print(list(vars(s).items()), s.__dict__ is vars(s), s.key, "c" in vars(s))
    del s.c
    print(list(vars(s)))
    s.c = 5
    print(list(vars(s)), vars(s)["c"])
    del s.__dict__["d"]
    print(hasattr(s, "d"), list(vars(s)))
    s.d = [s]
    vars(s)["b"] = "B"
    print(s.b, list(vars(s)))
    s.__dict__ = {"q": 1}
    print(hasattr(s, "a"), list(vars(s)))
    s.fill(3)
    print(list(vars(s).items()))


class D:
    def __del__(self):
        print("died")


def made():
    s = S(1)
    other(s, 2)
    return s


def cycle():
    s = made()
    s.fill(0)
    s.b = s
    s.c = D()


def dies():
    made().fill(D())


def keeps():
    s = made()
    d = vars(s)
    s.fill("k")
    del s
    print(d)


def assigned():
    s = made()
    s.__dict__ = d = {"a": 0}
    s.fill(2)
    print(d, s.__dict__ is d)


class Own(S):
    def __setattr__(self, name, value):
        super().__setattr__(name, value)


def own():
    for i in range(3):
        s = Own(i)
        other(s, i)
        s.fill(i)
        s.fill(i + 1)
    print(vars(s))


def many():
    s = S(0)
    for i in range(40):
        setattr(s, f"n{i}", i)
    s.fill(1)
    print(list(vars(s))[:3], list(vars(s))[-4:], len(vars(s)))
    vars(s).clear()
    s.fill(2)
    print(vars(s), hasattr(s, "a"))


cycle()
print(gc.collect() > 0)
dies()
keeps()
assigned()
many()
own()
main(5)
