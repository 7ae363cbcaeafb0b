# RUN: krait run -O2 %s | diff %s.out -
# Functions of decimals at random precisions, roundings and limits: exp, ln, log10 and powers digit for digit.
# With a seed and a number of rounds as arguments it tries others: diff <(python3.11 FILE 7 2000) <(krait run FILE 7 2000)
import random
import sys
import zlib
from decimal import *

seed, rounds = (int(a) for a in sys.argv[1:]) if len(sys.argv) > 2 else (1, 250)
random.seed(seed)


def number(digits, low, high):
    n = random.randrange(1, digits)
    kind = random.random()
    if kind < .15:
        s = '9' * n
    elif kind < .3:
        s = '1' + '0' * (n - 1) + random.choice(['', '1'])
    else:
        s = str(random.randrange(10 ** (n - 1), 10 ** n))
    return Decimal((random.getrandbits(1), tuple(map(int, s)), random.randrange(low, high)))


FUNCTIONS = {
    'exp': lambda a, b, near: a.exp(),
    'exp of b': lambda a, b, near: b.exp(),
    'ln': lambda a, b, near: abs(a).ln(),
    'ln near 1': lambda a, b, near: near.copy_abs().ln(),
    'log10': lambda a, b, near: a.copy_abs().log10(),
    'log10 near 1': lambda a, b, near: near.copy_abs().log10(),
    'sqrt': lambda a, b, near: a.copy_abs().sqrt(),
    'power': lambda a, b, near: a.copy_abs() ** b,
    'power near 1': lambda a, b, near: near.copy_abs() ** b,
    'whole power': lambda a, b, near: a ** random.randrange(-50, 50),
    'huge power': lambda a, b, near: near ** b.to_integral_value(),
    'cube': lambda a, b, near: b ** 3,
    'power of 1': lambda a, b, near: Decimal('1.000') ** b,
    'modular power': lambda a, b, near: pow(a.to_integral_value(), abs(int(b)) % 1000, Decimal(10 ** 5 + 7)),
    'quotient': lambda a, b, near: a / b,
    'product': lambda a, b, near: a * b,
    'sum': lambda a, b, near: a + b,
    'fma': lambda a, b, near: a.fma(b, near),
    'remainder': lambda a, b, near: a % b,
    'divmod': lambda a, b, near: divmod(a, b),
    'quantize': lambda a, b, near: a.quantize(b),
    'normalize': lambda a, b, near: a.normalize(),
    'integer': lambda a, b, near: a.to_integral_value(),
    'ratio': lambda a, b, near: a.as_integer_ratio(),
    'int': lambda a, b, near: int(a) % 1000007,
    'float': lambda a, b, near: float(b),
    'hash': lambda a, b, near: hash(a),
    'neighbour': lambda a, b, near: a.next_plus(),
    'remainder_near': lambda a, b, near: a.remainder_near(b),
    'rotate': lambda a, b, near: a.rotate(2),
    'fixed': lambda a, b, near: format(a, '.20f'),
    'scientific': lambda a, b, near: format(b, 'e'),
}
seen = dict.fromkeys(FUNCTIONS, 0)
for i in range(rounds):
    prec = random.choice([1, 2, 3, 5, 9, 16, 17, 28, 28, 28, 50, 100, random.randrange(1, 300)])
    context = Context(prec=prec, rounding=random.choice([ROUND_HALF_EVEN, ROUND_UP, ROUND_DOWN, ROUND_FLOOR, ROUND_CEILING, ROUND_HALF_UP, ROUND_05UP]),
                      traps=[], Emax=random.choice([999999, 100, MAX_EMAX]), Emin=random.choice([-999999, -100, MIN_EMIN]), clamp=random.randrange(2))
    setcontext(context)
    a, b = number(random.choice([3, 20, 40, prec + 3]), -60, 30), number(random.choice([3, 20, 40]), -25, 8)
    near = Decimal(1) + number(3, -40, -1)
    for name, function in FUNCTIONS.items():
        context.clear_flags()
        try:
            result = function(a, b, near)
        except Exception as e:
            result = repr(e)
        flags = ','.join(sorted(k.__name__ for k, v in context.flags.items() if v))
        seen[name] = zlib.crc32(f'{result} {flags}'.encode(), seen[name])
        if rounds > 1000:
            print(i, name, prec, a, b, near, result, flags)
for name, value in seen.items():
    print(name, value)

setcontext(Context(prec=2000))
x = Decimal(2).sqrt() + 7
for result in (x.exp(), x.ln(), x.log10(), x ** Decimal('1.7'), x ** 77, x ** -77, Decimal(10).ln(), (x - 7 - Decimal('0.41421')).ln()):
    print(result)
