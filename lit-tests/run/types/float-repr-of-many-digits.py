# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# repr() of floats with up to seventeen digits, of every exponent around those where notation changes, and of the ends of the range.
import json

for digits in "1", "12", "1.2345678901234567", "9.999999999999999", "8.98846567431158", "3.0000000000000004", "1.7976931348623157":
    for exponent in [*range(-8, 20), -324, -323, -308, -307, -100, -99, 22, 23, 99, 100, 307, 308]:
        value = float(f"{digits}e{exponent}")
        shown = repr(value)
        print(shown, -value, f"{value}", "%s" % value, json.dumps(value), [value], float(shown) == value)
for value in 0.0, -0.0, float("inf"), float("-inf"), float("nan"), 0.1 + 0.2, 1 / 3, 100 / 3, 2 / 3 * 1e15, 1e15 + 0.3, 1e16 - 2, 1e16, 1e16 + 2, 9007199254740993.0, 123456789012345.6, 0.0001, 0.00012345678901234567, 0.00009999999999999999:
    print(value, repr(-value), complex(value, -value))
state = 12345
kept = []
for _ in range(3000):
    state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
    value = (state >> 11) * 2.0 ** (state % 120 - 110)
    kept.append(repr(value))
    assert float(kept[-1]) == value
print(kept[:5], kept[-5:], sum(map(len, kept)), max(map(len, kept)))
