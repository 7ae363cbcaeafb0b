# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Small and large integers, floats, and the borders between them.
for a in (0, 1, -7, 2**61, -2**62, 2**62, 2**64 + 3):
    for b in (1, -3, 2**40, -2**63):
        print(a + b, a - b, a * b, a // b, a % b, a < b, a == b, a & b, a | b, a ^ b)
print(7 / 2, 7.5 // 2, -7.5 % 2, 2 ** 10, 2 ** -1, 1e308 * 10, 0.1 + 0.2)
print(1 << 70, (1 << 70) >> 69, -5 >> 1, ~5, -(2**62), +3)
x = 5
x += 3; x *= 2; x -= 1; x //= 2; x **= 3; x %= 100; x <<= 2; x >>= 1; x |= 8; x &= 0xff; x ^= 1
print(x)
print(abs(-3), divmod(17, 5), pow(3, 4, 5), round(2.5), round(3.14159, 2), int("42"), float("1.5"))
print(3 < 4 < 5, 3 < 4 > 5, 1 == 1.0, True + True, 10 ** 20)
