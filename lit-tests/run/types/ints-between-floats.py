# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O1 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Ints that are stored between float operations stay ints.
def f(a, b):
    x = a * 0.5 + b
    n = 1
    y = x * 2.0
    return [10, 20, 30][n], n + 1, "ab" * n, y
try: print(f(1.0, 2.0))
except Exception as e: print(type(e), e)
def g(a, b):
    n = 3
    x = a * 0.5 + b
    while n:
        x = x * 0.5 - b
        k = 7
        n -= 1
    return k, x
print(g(1.0, 2.0))
def h(a, b):
    x = a * 0.5 + b
    n = 1
    y = x * 2.0
    return n + 1
print(h(1.0, 2.0))


def kinds(a, b):
    x = a * 0.5 + b
    n = k = 3
    m = n
    y = x * n - m / 2
    z = y * k + 1
    return n, m, k, z, n // 2, m + k


print(kinds(1.5, 2.0))


def divided(a, b):
    x = a * 0.5
    n = 4
    y = x / b
    m = n
    return n, m, y


print(divided(3.0, 2.0))
try:
    divided(1.0, 0.0)
except ZeroDivisionError as e:
    print(e)


def looped(xs):
    t = 0.0
    count = 0
    for x in xs:
        t += x * 0.5
        last = 2
        t = t * last + 0.25
        count += last
    return t, count, last


print(looped([1.0, 2.5]), looped([1, 2.5, True]))
