# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What CPython's tests of the small modules insist on: rounding of hypot, NaNs, arguments of csv.
import cmath
import csv
import math
import statistics

for x, y in [(1441404507.6137166, 1354001383.25474), (570559958.588032, 1038136025.7233877), (564612551.6270224, 1286179834.5802808), (3, 4)]:
    print(math.hypot(x, y).hex(), math.dist((x, 0), (0, y)).hex())
print(statistics.NormalDist().inv_cdf(float("nan")), cmath.tanh(complex(0, math.nan)), cmath.tan(complex(math.nan, 0)), cmath.acosh(complex(0, math.nan)))
for options in [{"quotechar": ""}, {"escapechar": ""}, {"quotechar": "", "quoting": csv.QUOTE_NONE}, {"delimiter": ""}, {"quotechar": None}]:
    try:
        csv.reader([], **options)
    except TypeError as e:
        print(e)
try:
    csv.field_size_limit(1, None)
except TypeError as e:
    print(e, csv.field_size_limit())
