# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# decimal: numbers of up to 38 digits are computed in machine words, and agree with the others at every border.
import hashlib
import operator
import random
from decimal import *

random.seed(5)
rounding = [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]
operations = [
    operator.add, operator.sub, operator.mul, operator.truediv, operator.mod, operator.floordiv, operator.lt,
    lambda a, b: a.quantize(b), lambda a, b: +a, lambda a, b: -a, lambda a, b: abs(a), lambda a, b: hash(a),
    lambda a, b: a.to_eng_string() + str(b), lambda a, b: a.fma(b, a), lambda a, b: a.normalize(), lambda a, b: divmod(a, b),
]


def number():
    n = random.choice([1, 2, 9, 17, 18, 19, 20, 27, 28, 29, 36, 37, 38, 39, 45])
    c = random.choice([0, 1, 5, 10 ** (n - 1), 10**n - 1, random.randrange(10**n), random.randrange(10**n) // 1000 * 1000, 5 * 10 ** (n - 1)])
    exponent = random.choice([0, 0, -1, -2, -3, -10, 3, 7, -28, 30, -40, 60, 999990, -999999, -1000020])
    return Decimal((random.randrange(2), tuple(map(int, str(c))), exponent))


def line(i):
    context = Context(random.choice([1, 2, 9, 16, 28, 28, 37, 38, 39, 50]), random.choice(rounding), random.choice([-999999, -30]),
                      random.choice([999999, 40]), clamp=random.randrange(2), traps=[])
    setcontext(context)
    a, b, k = number(), number(), random.randrange(len(operations))
    context.clear_flags()
    r = operations[k](a, b)
    flags = str(context)
    if isinstance(r, Decimal):
        r = str(r), r.as_tuple(), str(context.create_decimal(r))
    return f"{i} {k} {a} {b} {flags} {r}\n"


for block in range(20):
    print(block, hashlib.md5("".join(line(i) for i in range(100)).encode()).hexdigest())
for text in "1.1", "-0.00", "+7.", ".5", "-.", "", "99999999999999999999999999999999999999", "1" * 38 + ".", "0." + "9" * 36, "1_0", "1.2.3", " 4 ":
    try:
        print(Decimal(text), Decimal(text).as_tuple().exponent)
    except InvalidOperation as e:
        print(repr(text), e)
