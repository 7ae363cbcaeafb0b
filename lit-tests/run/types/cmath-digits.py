# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The functions of cmath give CPython's digits, at the edges too, and the signs of its zeros.
import cmath
import math

EDGES = [-0.0, 1.0, -1.0, 1e-310, 1.7e308, 0.7, float("inf"), float("nan")]
POINTS = [complex(a, b) for a in EDGES for b in EDGES]
state = 12345
for _ in range(40):
    parts = []
    for _ in range(2):
        state = (state * 1103515245 + 12345) % 2**31
        parts.append((state / 2**30 - 1) * 10.0 ** (state % 7 - 3))
    POINTS.append(complex(*parts))
for name in "acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh phase polar".split():
    function = getattr(cmath, name)
    answers = []
    for z in POINTS:
        try:
            answers.append(repr(function(z)))
        except (ValueError, OverflowError) as e:
            answers.append(f"{type(e).__name__} {e}")
    for at in range(0, len(answers), 3):
        print(name, *answers[at:at + 3])
print(cmath.log(0, 2), cmath.log(2, 10), cmath.log(-8, 2j))
