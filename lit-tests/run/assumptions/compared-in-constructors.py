# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# A constructor that compares what may be no int with one, done in place: nothing has happened when it is left to the call.
class Inner:
    def __init__(self, n, w=1):
        pass


class Outer:
    def __init__(self, n):
        if n == 2:
            self.q = None
        self.p = self.q or Inner(4)


def f(n):
    v = Outer(True).p
    for i in range(n):
        pass
    return v


for make in (f, lambda n: Outer(2).p, lambda n: Outer(n).p):
    for n in (2, None, True):
        try:
            print(make(n) is None, n)
        except (AttributeError, TypeError) as error:
            print(type(error).__name__, error)
