# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# An instance that nobody keeps has to be made where its class has a __del__, from the start or since.
class K:
    def __init__(self, x, y=1):
        self.x = x
        self.y = y
    def __del__(self): print("gone", self.x, self.y)


def made(n):
    s = 0
    for i in range(n): s += K(i, i).x + K(i).y
    return s
print(made(3))


class P:
    def __init__(self, x): self.x = x
    def twice(self): return P(self.x * 2)


def late(n):
    s = 0
    for i in range(n):
        if i == 3: P.__del__ = lambda self: print("late", self.x)
        if i == 5: del P.__del__
        s += P(i).twice().x
    return s
print(late(7))
