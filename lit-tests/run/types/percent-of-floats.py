# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Floats as per cent: signs, fields, grouping, zeros that lose their sign, many digits, and what is infinite or none.
import math
import random
import zlib

values = [0.0, -0.0, 0.5, -0.5, 1 / 3, -2 / 3, 0.005, 0.0049999, 0.00125, 1e-9, -1e-9, 1.0, 12.345, 0.99995, 1e14, -1e16, 1e17, 1e300, 5e-324, math.inf, -math.inf, math.nan]
specs = ["%", ".0%", ".1%", ".3%", "+.1%", " .2%", "12.1%", "<12.1%", "^12.1%|"[:6], "*=12.1%", "012.2%", ",.1%", "_.1%", "#.0%", "#%", "z.0%", "z.1%", "+z.2%", ".22%", ".23%", ".60%"]
for spec in specs:
    print(spec, *(format(v, spec) for v in values))
    print(spec, *(format(n, spec) for n in (0, 1, -7, 10**15, True)))
rng = random.Random(1)
print(zlib.crc32("|".join(f"{rng.uniform(-2, 2):.{n % 9}%}" for n in range(5000)).encode()))
print(f"{0.256:7.1%}|{0.5:>6.0%}|{2:.1%}", "{:.1%} {:5.0%}".format(0.123, 1), "%.1f%%" % 12.34)
for spec in ".1 %", "%d", ".%", "n%":
    try:
        print(format(0.5, spec))
    except ValueError as e:
        print(e)
for text, operand in ("%5%", ()), ("%5%", 0.5), ("%.1%", (0.5,)), ("%-4%|%s", 1), ("%d%%", 7), ("%3.1%%d", 7):
    try:
        print(text % operand)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
