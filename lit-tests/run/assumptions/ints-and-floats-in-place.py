# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Augmented assignments of numbers that are ints at times and floats at others, and of what is no number after all.
class A:
    def __init__(self, x): self.x = x
def pick(a): return a.x
def f(xs, n):
    s = 0
    t = 1
    p = 2
    for i in range(n):
        for a in xs:
            s += a.x
            t *= a.x
            p -= pick(a)
            u = a.x
            u += a.x
            u /= 2
    return s, t, p, u
print(f([A(1), A(2.5), A(3)], 5))
print(f([A(1), A(2), A(3)], 5))
print(f([A(1), A(2), A(2**60)], 5))
print(f([A(0.5), A(-0.0), A(0)], 2), f([A(0), A(-0.0)], 1))
for bad in ("x", None, [1]):
    try: print(f([A(1.5), A(bad)], 1))
    except TypeError as e: print(e)
def g(v):
    x = v.x
    y = x
    x += 1
    x *= 2.5
    return x, y
print(g(A(1)), g(A(1.5)), g(A(2**53)), g(A(True)))
class L:
    def __init__(self): self.n = 0
    def __iadd__(self, o): self.n += 1; return self
    def __imul__(self, o): return "mul"
l = A(L())
print(g(l)[0], l.x.n)
