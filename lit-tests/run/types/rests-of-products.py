# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Rests of products: of two words, of negative numbers, of what fits no word before or after, by what divides nothing.
def power(b, e, m):
    r = 1
    b %= m
    while e > 0:
        if e & 1:
            r = r * b % m
        b = b * b % m
        e >>= 1
    return r
def rho(n, c):
    x = y = 2
    for i in range(2000):
        x = (x * x + c) % n
        y = (y * y - c) % n
        if x == y: break
    return x, y, i
def f(a, b, m):
    out = []
    for i in range(30):
        try:
            a = a * b % m
            b = (b * i - a) % m
            out.append((a, b, (a * b + 5) % (m - i)))
        except Exception as e:
            out.append(repr(e)); m += 1
    return out
print(power(3, 2**61 - 3, 2**61 - 1), power(7, 10**18, 10**18 + 9), power(5, 100, 7), power(-5, 101, 2**61 - 1))
print(rho(1000000007 * 998244353, 1), rho(2**61 - 1, 3), rho(101, 1), rho(2**64 + 13, 5), rho(-10**17, 1))
print(f(2**60, 2**61 - 5, 2**61 - 1)[-2:], f(-3, 7, 5)[-1], f(3, 2**70, 1000)[-1], f(3, 4, 12)[-2:], f(2.5, 3, 7)[-1], f(3, 5, 2**80)[-1], f(True, 5, 17)[-1], f(3, 5, 0)[:3], f(2, 9, -7)[-1])
