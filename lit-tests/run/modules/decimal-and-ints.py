# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# decimal: ints on either side of an operator, small and large, with every rounding, and words that only just fit.
import hashlib
import operator
import random
from decimal import *

random.seed(11)
rounding = [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]
operations = [operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, divmod, pow,
              operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge]


class Int(int):
    pass


class Sub(Decimal):
    def __radd__(self, other):
        return "Sub.__radd__"

    def __rsub__(self, other):
        return NotImplemented


def number():
    c = random.choice([0, 1, 3, 5, 10, 99, 2**63, 2**64 - 1, 2**64, 10**18, 10**19, 10**19 - 1, 10**20 - 1, random.randrange(10**9),
                       random.randrange(2**64)])
    exponent = random.choice([0, 0, 0, -1, -2, -8, -19, -20, 1, 5, 19, 20, -40])
    return Decimal((random.randrange(2), tuple(map(int, str(c))), exponent))


def integer():
    n = random.choice([0, 1, 2, 7, 8, 10, 2**61, 2**62 - 1, 2**62, 2**63, 2**64, 10**18, 10**40, random.randrange(100), random.randrange(10**12)])
    return random.choice([n, n, n, -n, Int(n), n != 0])


def outcome(f, *operands):
    try:
        return repr(f(*operands))
    except (ArithmeticError, ValueError, TypeError) as e:
        return type(e).__name__


lines = []
for i in range(6000):
    c = Context(random.choice([1, 2, 8, 9, 18, 19, 20, 28, 40]), random.choice(rounding), random.choice([-999999, -20]),
                random.choice([999999, 25]), clamp=random.randrange(2), traps=[])
    setcontext(c)
    d, n, f = number(), integer(), random.choice(operations)
    if f is pow:
        d, n = d.quantize(Decimal(1)) % 50, int(n) % 5
    text = f"{d} {n} {f.__name__}: {outcome(f, d, n)} {outcome(f, n, d)} {outcome(f, d, d + 1)} {[s.__name__ for s in c.flags if c.flags[s]]}"
    lines.append(text)
    if i % 500 == 0:
        print(text)
print(hashlib.sha256("\n".join(lines).encode()).hexdigest())

setcontext(Context())
for special in ("NaN", "sNaN", "Infinity", "-Infinity", "-0"):
    for f in operations:
        print(special, f.__name__, outcome(f, Decimal(special), 3), outcome(f, 3, Decimal(special)), outcome(f, Decimal(special), 0))
print(1 + Sub(2), outcome(operator.sub, 1, Sub(2)), Decimal(1) + Sub(2), Sub(1) + 2, True + Decimal("1.50"), Decimal(1) - False)
with localcontext() as c:
    c.traps[Inexact] = True
    print(outcome(operator.truediv, Decimal(1), 3), outcome(operator.truediv, 1, Decimal(3)), 1 / Decimal(4))
