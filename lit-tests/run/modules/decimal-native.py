# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# _decimal: construction, arithmetic in contexts, functions, text, signals, contexts.
import _decimal
import copy
import decimal
import pickle
from decimal import *
from fractions import Fraction

print(Decimal is _decimal.Decimal, MAX_PREC, MIN_ETINY, HAVE_CONTEXTVAR, getcontext())
D = Decimal
for text in ["0", "-0", "1.50", "  12_3.4e-5 ", "1E+10", "0.000001", "0.0000001", "-Infinity", "sNaN12", "nan", "\u0661\u0662.5", "123456789012345678901234567890"]:
    d = D(text)
    print(d, repr(d), d.to_eng_string(), d.as_tuple(), d.is_finite(), d.number_class())
print(D(), D(-5), D(10**40), D(0.1), D((1, (1, 2, 3), -2)), D((0, (), "F")), D.from_float(2.5), D(True), D(D("1.10")))

a, b = D("10.25"), D("-3.1")
print(a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b), a ** 2, a ** -2, D(2) ** D("0.5"), -a, +a, abs(b), a + 1, 2 / a, pow(D(7), 5, 13))
print(D(2).sqrt(), D(2).exp(), D(2).ln(), D(2).log10(), D(100).log10(), D(1000).logb(), D("1.20").normalize(), D("-1.5").to_integral_value())
print(a.quantize(D("0.1")), a.quantize(D(1), ROUND_UP), a.scaleb(3), a.shift(1) if False else D(1234).shift(2), D(1234).rotate(-1), a.fma(2, 3))
print(D(1).next_plus(), D(1).next_minus(), D(1).next_toward(2), D("1101").logical_and(D("1011")), D("1101").logical_invert(), D(5).remainder_near(3))
print(a.compare(b), a.compare_total(b), a.max(b), b.min_mag(a), a.copy_sign(b), a.same_quantum(b), a.adjusted(), a.as_integer_ratio(), D("1e3").is_normal())
print(int(D("-7.9")), float(D("1e400") / D("1e390")), round(D("2.675"), 2), round(D("2.5")), hash(D("2.50")) == hash(2.5) == hash(Fraction(5, 2)), complex(a))
print(D("0.5") == 0.5, D(1) < Fraction(3, 2), D("NaN") == D("NaN"), D(3) == 3 + 0j, sorted([D(3), 1, D("2.5")]), D(1) != "1", D("-0") == 0)

for spec in ["", "f", ".2f", "+.3e", ",", "020,.1f", "%", ".0%", "g", ".3g", "*^30", "<20", "E", " z.1f", "e", "10"]:
    print([format(D(x), spec) for x in ("1234567.891", "-0.04", "1E+5", "NaN", "-Infinity")])

for mode in [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]:
    with localcontext(prec=3, rounding=mode):
        print(mode, *[+D(x) for x in ("1.235", "-1.245", "1.2351", "9.995", "-1.001")])

with localcontext() as c:
    c.prec = 60
    print(D(1) / 3, D(2).sqrt(), D(1).exp(), D(10).ln(), D(3) ** D("1.5"))
    c.prec, c.Emax, c.Emin, c.clamp = 5, 9, -9, 1
    c.traps[Overflow] = c.traps[InvalidOperation] = c.traps[DivisionByZero] = False
    print(D("1e9") * 100, D("1e-9") / 1000, D("1e9") + 0, D("1e-13") / 10, D(0) / 0, D(1) / 0, c.flags[Overflow], c)
    print([s.__name__ for s, on in c.flags.items() if on])


def attempt(f, *args, **kwargs):
    try:
        print("no error:", f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__ + ":", e)


for f in [lambda: D("x"), lambda: D(1) / 0, lambda: D(0) / 0, lambda: D("sNaN") + 1, lambda: D(-1).sqrt(), lambda: D("1e999999") * 10,
          lambda: D("NaN") < 1, lambda: int(D("NaN")), lambda: int(D("Infinity")), lambda: float(D("sNaN")), lambda: hash(D("sNaN")), lambda: D("inf") - D("inf"),
          lambda: D(1) + 1.0, lambda: D([1]), lambda: D({}), lambda: D((2, (1,), 0)), lambda: format(D(1), "q"), lambda: D(1).quantize(D("1e-30")),
          lambda: D(10) ** 10000000, lambda: D(-8) ** D("0.5"), lambda: D("1e1000000000000000000"), lambda: D(1).sqrt(5), lambda: divmod(D(1), D(0)),
          lambda: setattr(getcontext(), "prec", 0), lambda: setattr(getcontext(), "rounding", "x"), lambda: Context(Emin=1), lambda: getcontext().flags["x"],
          lambda: format(D("1e999999999999"), "f"), lambda: format(D(1), ".999999999999f"),
          lambda: setattr(getcontext(), "nothing", 1), lambda: localcontext(5), lambda: D("1e30") // 1]:
    attempt(f)

context = Context(prec=4, traps=[FloatOperation])
print(context, context.copy().prec, copy.copy(context).traps[FloatOperation], context.create_decimal("1.23456"), context.divide(1, 3), context.power(2, 0.5 if False else 3))
attempt(context.create_decimal, 1.5)
print(context.to_sci_string(D("1E+5")), context.Etiny(), context.Etop(), context.is_zero(0), context.number_class(D("-1e-1000000")))
for protocol in range(6):
    assert pickle.loads(pickle.dumps(D("1.20"), protocol)).as_tuple() == D("1.20").as_tuple()
    assert repr(pickle.loads(pickle.dumps(context, protocol))) == repr(context)
setcontext(ExtendedContext)
print(getcontext() is ExtendedContext, D(1) / 3, getcontext().flags[Inexact], ExtendedContext.flags[Inexact], D(1) / 0)


class Money(Decimal):
    pass


print(Money("1.5"), repr(Money(2)), type(Money(1) + 1), type(copy.deepcopy(Money(1))), Money("1.5").real, sum([D("0.1")] * 10))
