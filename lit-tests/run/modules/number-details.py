# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What CPython's tests of the small modules insist on: rounding of hypot, NaNs, arguments of csv and hashlib.
import cmath
import csv
import hashlib
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
for function, arguments, options in [(hashlib.blake2b, (), {"leaf_size": 1 << 32}), (hashlib.blake2s, (), {"node_offset": 1 << 48}),
                                     (hashlib.blake2b, (), {"fanout": 256}), (hashlib.pbkdf2_hmac, (b"sha1", b"p", b"s", 1), {}),
                                     (hashlib.scrypt, (b"p",), {"salt": b"s", "n": 2, "r": 8, "p": 1, "maxmem": -1}),
                                     (hashlib.scrypt, (b"p",), {"salt": b"s", "n": 2, "r": 8, "p": 1, "dklen": -1})]:
    try:
        function(*arguments, **options)
    except Exception as e:
        print(type(e).__name__, e)

# The last digits of gamma, and of logarithms of what is beyond floats.
import math
for function in math.gamma, math.lgamma:
    for x in [i / 7 for i in range(-60, 1300, 41)] + [.5, 1e-21, 1e-310, 171.6, 171.7, -170.5, -190.3, 1e305, 143.2]:
        try:
            print(function.__name__, x, function(x))
        except (ValueError, OverflowError) as e:
            print(function.__name__, x, e)
for n in 10**400, 2**1024, 2**1024 - 1, 2**1023, 3**5000, 7**1000:
    print(math.log(n), math.log2(n), math.log10(n), math.log(n, 3))
