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
