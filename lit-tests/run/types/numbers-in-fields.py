# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# The digits of numbers, in fields of all kinds, and the numbers of digits.
import random
import zlib

random.seed(11)
NUMBERS = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, 0.125, 2.675, 1.005, 9.5, 9.9999994, 9.9999996, 99.9995, 999999.5, 9999995.0, 1e15, 1e16, 1e17, 1e18, 1e19,
           1e22, 1e23, 123456789012345678.0, 1e-4, 1e-5, 0.0001234565, 5e-324, 1.7976931348623157e308, 2.0 ** 60, 2.0 ** -40, 2.0 ** -61, 1 / 3, 2 / 3,
           float("inf"), -float("inf"), float("nan")]
NUMBERS += [random.uniform(-1, 1) * 10.0 ** random.randrange(-22, 23) for _ in range(300)]
NUMBERS += [random.randrange(10 ** 6) / 10 ** random.randrange(8) for _ in range(300)]
CODES = [".0f", ".1f", ".2f", ".3f", ".6f", "f", ".15f", ".22f", ".30f", "g", ".0g", ".1g", ".3g", ".12g", ".15g", ".17g", "e", ".0e", ".2e", ".16e", ".2%", "%",
         "10.2f", "<10.2f", "^11.3f", "+.2f", " .1f", "010.2f", "*=+10.1f", ",.2f", "_.1f", "*>15,.3f", "\u20ac>9.1f", "012,.1f", "#.0f", "#g", "z.1f",
         ".2F", "G", "E", "n", "10n", ".3", ".10", "5", "\u0661\u0662.\u0662f"]
for code in CODES:
    texts = [format(n, code) for n in NUMBERS]
    print(code, texts[:9], zlib.crc32("\n".join(texts).encode()))
INTS = [0, 1, -1, 9, 10, 255, -255, 1234567, -1234567, 10 ** 18, -10 ** 30, 2 ** 62]
for code in ["d", "x", "X", "#x", "#X", "o", "#o", "b", "#b", "08b", "#010x", ",", "_", "_x", "015,", "+d", " d", "5", "<5", "^9d", "0=9", "*^20,", "\u20ac<4d", "c>12",
             ".2f", "e", "g", "%", "n"]:
    print(code, [format(n, code) for n in INTS])
for value, code in [(1, ".2d"), (1.5, "d"), (1, "zd"), (1.5, ",n"), (1, ",x"), (1.5, ",_"), (1.5, "."), (1.5, ".f"), (2.5, "5.2q"), (1, "\u20ac"), (1, "ab\u20ac"),
                    (1, "99999999999999999999")]:
    try:
        print(format(value, code))
    except ValueError as error:
        print(error)
print("%g %g %.3g %e %.0e %.2f" % (1e6, 123456.5, 0.00012345, 12345.678, 0.96, 2.675), round(2.675, 2), round(1e22, -3))

TEXTS = ["1", "-1", "+1", "0", "-0", "1.5", ".5", "5.", ".", "", "-", "+.5", "-.", "1.2.3", "123456789.123456789", "9007199254740992", "9007199254740993", "0.1", "00.10",
         "1234567890123456789", "0.000000000000000001", "1234567890.123456789", "99999999999999999999", "1e5", "1_000.5", "1__0", " 7.25\n", "0x10", "1 2", "\u0661.\u0665",
         "nan", "-inf", "1\x00"]
TEXTS += [repr(n) for n in NUMBERS[:60]] + [f"{n:.3f}" for n in NUMBERS] + [f"{n:.9f}" for n in NUMBERS]
found = []
for text in TEXTS:
    try:
        found.append(repr(float(text)))
    except ValueError as error:
        found.append(str(error))
print(found[:33], zlib.crc32("\n".join(found).encode()))
print([round(x) for x in (0.5, 1.5, -0.5, 2.5, 1e20, 7, True)], round(7, None), round(2.5, None), round(2.5, 0), round(1234, -2), round(-0.0, 1), round(number=1.25, ndigits=1))
for bad in (float("nan"), float("inf"), "x"):
    try:
        print(round(bad))
    except (ValueError, OverflowError, TypeError) as error:
        print(error)
