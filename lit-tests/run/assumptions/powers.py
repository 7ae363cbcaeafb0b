# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Powers of raw numbers: exact where CPython is, and its errors.
def run(f, *args):
    try: return f(*args)
    except Exception as e: return repr(e)
def p2(x, n):
    t = 0.0
    for i in range(n):
        t += x ** 2 + (x - 3.0) ** 2
    return t
def p3(x, y, n):
    t = 0.0
    for i in range(n):
        t += x ** y * 1.0
    return t
def ph(x, n):
    t = 0.0
    for i in range(n):
        t += x ** -1.5 + x ** 0.5
    return t
def pi(k, n):
    t = 0
    for i in range(n):
        t += k ** 2 + (k - 3) ** 3
    return t
inf=float('inf'); nan=float('nan')
for x in (1.5, -2.5, 0.0, -0.0, 1e200, inf, -inf, nan, 3, 10**400):
    print(x if x != 10**400 else 'big', run(p2, x, 3), run(ph, x, 3))
    for y in (2.0, 0.5, -1.0, 3.0, 0.0, inf, nan, 2, 1e10):
        print('  ', y, run(p3, x, y, 2))
for k in (3, -7, 2**31, 2**40, 2**62, True, 1.5):
    print(k, run(pi, k, 3))


class Mixed:
    def __init__(self, v):
        self.v = v

    def halve(self):
        self.v = 0.5


def squares(objects, n):
    s = 0.25
    for i in range(n):
        o = objects[i % len(objects)]
        s = o.v ** 2
        print(s)
        if i == 3:
            o.halve()
        if isinstance(s, int) and s > 50:
            s = 0.5


squares([Mixed(1), Mixed(-0.5), Mixed(3)], 7)
