# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Decimal: quotients, rests and comparisons of small coefficients, and counting digits near powers of ten.
from decimal import *
import random
random.seed(5)
setcontext(Context(prec=40, Emax=9999, Emin=-9999, traps=[]))
def rnd():
    n = random.choice([1, 3, 10, 19, 20, 21, 30, 38, 39, 40, 60])
    c = random.choice(['', '-']) + ''.join(random.choice('0123456789') for _ in range(n))
    return Decimal(c).scaleb(random.choice([0, 0, 0, -1, -5, 3, -20, 18, 40]))
import hashlib
h = hashlib.md5()
for i in range(1500):
    a, b = rnd(), rnd()
    getcontext().prec = random.choice([5, 9, 28, 40])
    for f in (lambda: a // b, lambda: a % b, lambda: a + b, lambda: a - b, lambda: a * b, lambda: a < b, lambda: a == b, lambda: divmod(a, b), lambda: a.compare(b), lambda: a.quantize(b), lambda: a.adjusted(), lambda: a.logb()):
        getcontext().clear_flags()
        r = f()
        h.update((repr(r) + repr([k.__name__ for k, v in getcontext().flags.items() if v])).encode())
print(h.hexdigest())
setcontext(Context(prec=2000, Emax=99999, Emin=-99999, traps=[]))
for n in [20, 38, 39, 256, 257, 300] + [1000, 1500, 1999, 2000, 2001, 3000]:
    for d in (0, 1, -1):
        x = Decimal(10 ** n + d)
        y = +x
        print(n, d, x.adjusted(), y.adjusted(), len(y.as_tuple().digits), hash(x) % 1000, x // 7 % 1000 if n < 2000 else '')

