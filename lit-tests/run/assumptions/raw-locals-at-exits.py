# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What an exit hands over of a raw local: read again behind it, in the block where it was read or in another.
def show(*a): print(*a)
class Part:
    def __init__(self, b): self.b = b
    def beside(self, x=1, k=2):
        return x + (abs(self.b - 0.5) if (0.5 if self.b > 1 else self.b) % 7 > 1 else (0.5 if self.b > 1 else self.b) % 7)
for b in 1, 2.5, -3, 2**70, True, "x":
    for x in 1, 0.5, 1e300, 2**62:
        try: show(Part(b).beside(x))
        except TypeError as err: show(err)
def caught(xs):
    try:
        for s, t in zip(xs, xs): pass
    except TypeError as err: show(err)
    show(*[v if isinstance(v, float) else type(v).__name__ for v in (s, t, xs)])
caught([0.5, 1.5, -2.0] * 9)
caught([0.5, None, "a"])
