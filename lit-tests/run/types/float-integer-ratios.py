# RUN: krait run %s | diff %s.out -
# as_integer_ratio of floats of all sizes: digits without zeros at the end, over a power of two.
import random
import sys

random.seed(3)
values = [0.0, -0.0, 1.0, -1.0, 0.5, 3.0, 1e22, 2.0**52, 2.0**53, 2.0**61, -(2.0**62), 2.0**63, sys.float_info.max, sys.float_info.min, 5e-324, -5e-324, 1.5e-310, 0.1]
values += [random.uniform(-1, 1) * 2.0 ** random.randint(-1060, 1020) for _ in range(300)]
checked = 0
for v in values:
    n, d = v.as_integer_ratio()
    assert n / d == v and (d == 1 or n % 2), v
    checked += hash((n, d)) % 1000003
    if abs(v) < 1e25 and d < 10**25:
        print(v, n, d)
print(checked)
for v in (float("inf"), float("-inf"), float("nan")):
    try:
        v.as_integer_ratio()
    except (OverflowError, ValueError) as e:
        print(type(e).__name__, e)
