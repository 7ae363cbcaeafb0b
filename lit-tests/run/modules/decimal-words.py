# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Sums, products and quotients around what a word or two hold, in contexts that round, clamp or overflow them.
import zlib
from decimal import (Context, Decimal, Inexact, Overflow, Rounded, Subnormal, localcontext, ROUND_05UP, ROUND_CEILING, ROUND_DOWN,
                     ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP)

state = 12345


def below(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 20) % n


def operand():
    digits = (1, 2, 5, 9, 17, 18, 19, 20, 21, 28, 37, 38, 39, 50)[below(14)]
    c = below(10**12) * 10**40 + below(10**12) * 10**28 + below(10**12) * 10**16 + below(10**12) * 10**4 + below(10**4)
    c %= 10**digits
    if below(8) == 0:
        c = 10**digits - below(2)
    if below(20) == 0:
        c = 0
    return Decimal((below(2), tuple(map(int, str(c))), (0, 0, 0, -2, 2, -5, 19, -19, 20, 25, -38)[below(11)]))


def results(a, b, n):
    total = a
    total += b
    left = a
    left -= b
    product = a
    product *= b
    yield from (a + b, a - b, a * b, total, left, product, a + n, n - b, n * a, a * n)
    if b:
        quotient = a
        quotient /= b
        yield from (a / b, quotient)
        if abs(a.adjusted() - b.adjusted()) < 8:
            yield from (a // b, a % b)
    yield from (-a, +a, abs(a), a == b, a < b)
    for unit in (Decimal(1), Decimal('0.01'), Decimal('1E+3'), Decimal('1E-20'), b):
        yield a.quantize(unit)


roundings = [ROUND_HALF_EVEN, ROUND_DOWN, ROUND_UP, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_05UP]
for prec in (1, 2, 9, 18, 19, 20, 28, 37, 38, 60):
    for rounding in roundings:
        for emax, emin, clamp in ((999999, -999999, 0), (prec + 5, -6, 0), (prec + 5, -6, 1)):
            with localcontext(Context(prec=prec, rounding=rounding, Emax=emax, Emin=emin, clamp=clamp, traps=[])) as c:
                texts = []
                for _ in range(12):
                    a, b, n = operand(), operand(), below(2**70 if below(4) == 0 else 1000) - 400
                    texts += map(str, results(a, b, n))
                print(prec, rounding, emax, clamp, texts[0], texts[9], zlib.crc32(' '.join(texts).encode()),
                      c.flags[Inexact], c.flags[Rounded], c.flags[Overflow], c.flags[Subnormal])

# Nothing left, and its sign.
for rounding in (ROUND_HALF_EVEN, ROUND_FLOOR):
    with localcontext() as c:
        c.rounding = rounding
        zero, minus = Decimal('0.00'), Decimal('-0')
        print(Decimal('1.5') - Decimal('1.50'), zero + minus, minus + minus, minus - zero, zero - zero, minus * 3, 0 - zero, 0 * minus)

# An operand that is neither: its own operator has a say.
class Other:
    def __radd__(self, other):
        return 'radd'

    def __rmul__(self, other):
        return 'rmul'


total = Decimal(1)
total += Other()
print(total, Decimal(2) * Other())
try:
    total = Decimal(1)
    total += 'text'
except TypeError as e:
    print(e)
# Subclasses' sums are Decimals, and their own operators come first.
class Own(Decimal):
    def __radd__(self, other):
        return 'own'


print(type(Own(1) + Own(2)).__name__, type(Own(1) * 2).__name__, Decimal(1) + Own(1))
total = Decimal(1)
total += Own(2)
print(total)
