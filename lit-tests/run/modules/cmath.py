# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# cmath: values to ten digits, special values, errors.
import cmath
from cmath import inf, infj, nan, nanj, pi

functions = [cmath.acos, cmath.acosh, cmath.asin, cmath.asinh, cmath.atan, cmath.atanh, cmath.cos, cmath.cosh, cmath.exp, cmath.log,
             cmath.log10, cmath.sin, cmath.sinh, cmath.sqrt, cmath.tan, cmath.tanh]
for f in functions:
    print(f.__name__, *[f"{f(z):.10g}" for z in (0.3 + 0.4j, -2 - 1j, 5, 1e-8j)])
    for z in (complex(inf, 1), complex(-inf, -0.0), complex(1, inf), complex(1000, 1), complex(0, 0), complex(0, 1), 1):
        try:
            print(f"{f(z):.8g}", end=" ")
        except Exception as e:
            print(type(e).__name__, e, end=" ")
    print()
print(cmath.phase(-1), cmath.phase(-1 - 0j), cmath.polar(3 + 4j), cmath.rect(2, pi / 3), cmath.rect(2, 0), cmath.rect(inf, 1), cmath.log(8, 2))
print(cmath.isclose(1 + 1e-10j, 1), cmath.isclose(1, 2, abs_tol=1), cmath.isfinite(1), cmath.isinf(infj), cmath.isnan(nanj), cmath.tau, cmath.e)


class Like:
    def __complex__(self):
        return 3 + 4j


class Floating:
    def __float__(self):
        return 4.0


print(cmath.sqrt(Like()), cmath.sqrt(Floating()), cmath.polar(Like()))
for f, *args in [(cmath.sqrt, "x"), (cmath.rect, 1, inf), (cmath.polar, complex(1e308, 1e308)), (cmath.log, 1, 0), (cmath.log, 2, 1),
                 (cmath.isclose, 1, 1, -1), (cmath.exp,)]:
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)
