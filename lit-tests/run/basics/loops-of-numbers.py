# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops over numbers that stop being what they seemed: overflow, NaN, zeros, other types, unbound variables.
def accumulate(xs):
    s = 0
    for x in xs:
        s += x
    return s

def product(n):
    p = 1
    for i in range(1, n):
        p *= i
    return p

def floats(xs):
    s = 0.0
    for i in range(len(xs)):
        s += xs[i] * 0.5
    return s

def mixed(n):
    x = 0
    for i in range(n):
        if i == 5:
            x = 0.5
        elif i == 9:
            x = "a" * i
        elif i == 10:
            x = i
        x = x * 2
    return x

def divide(xs, ys):
    out = []
    for i in range(len(xs)):
        try:
            out.append(xs[i] / ys[i])
        except ZeroDivisionError as e:
            out.append(str(e))
        except TypeError as e:
            out.append(str(e))
    return out

def ints(xs, k):
    out = []
    for i in range(len(xs)):
        x = xs[i]
        out.append((x // k, x % k, x & k, x | k, x ^ k, x >> k, x << k, -x, ~x, x - k, x * k, x < k, x == k))
    return out

def nans(xs):
    t = 0.0
    found = []
    for i in range(len(xs)):
        t = xs[i] * 1.5
        found.append(t in [t])
        t = t - t
        found.append(t in [t])
    return found, [repr(-t), t == t]

def nan_identity(xs):
    y = 0.5
    r = []
    for i in range(len(xs)):
        y = xs[i]
        r.append(y in xs)
        y = y + 0.0
        z = y
        r.append([z in [z], z is z])
    return r

def grid(a, n):
    t = 0
    for i in range(n):
        for j in range(n):
            a[i][j] = a[i][j - 1] + a[i - 1][j]
            t += a[i][j]
    return t

def rows(a, i, j):
    r = None
    for _ in range(2):
        r = a[i][j + 1]
        a[i][j + 1] = r
    return r

def unbound(n):
    for i in range(n):
        if i > 2:
            v = i * 2
        if i > 1:
            print(v + 1)

def deleted(n):
    s = 0
    for i in range(n):
        s += i
        if i == 4:
            del s
    return s

def swap(a):
    for i in range(len(a) - 1):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return a

class Loud(float):
    def __add__(self, other):
        print("add", other)
        return Loud(float(self) + other)
    __radd__ = __add__
    def __del__(self):
        print("del", float(self))

class Seq:
    def __init__(self, n):
        self.n = n
    def __len__(self):
        return self.n
    def __getitem__(self, i):
        print("get", i)
        if i >= self.n:
            raise IndexError("over")
        return i * 0.5
    def __setitem__(self, i, v):
        print("set", i, v)

class Counter:
    def __init__(self):
        self.total = 0.0
        self.count = 0
    def run(self, xs):
        for x in xs:
            self.total += x
            self.count += 1
        return self.total, self.count

def conditional(xs):
    r = []
    for i in range(len(xs)):
        y = xs[i] if i % 2 else -xs[i]
        r.append((y, y and 1.5, y or 2.5, not y))
    return r

def chained(xs, lo, hi):
    n = 0
    for x in xs:
        if lo <= x < hi:
            n += 1
    return n

def handler(xs):
    total = 0.0
    n = 0
    for x in xs:
        try:
            total += 10.0 / x
            n += 1
        except ZeroDivisionError:
            total += 0.125
        finally:
            n += 1
    return total, n

def generator(n):
    t = 0.0
    for i in range(n):
        t += 0.5
        yield t * i

def raises(xs):
    total = 0.25
    for i in range(10):
        total += xs[i]
    return total

def countdown(n):
    r = []
    while n:
        n -= 1
        r.append(n)
    return r

def last_of(xs):
    best = None
    at = -1
    for i in range(len(xs)):
        if best is None or xs[i] > best:
            best = xs[i]
            at = i
    return best, at

def nested(n):
    c = 0
    for i in range(n):
        for j in range(i, n, 2):
            for k in range(n, j, -1):
                c += k - j
                if c > 50:
                    break
            else:
                c -= 1
                continue
            c //= 2
    return c

big = 1 << 62
print(accumulate([1, 2, 3]), accumulate([big, big, 1]), accumulate([0.5, 1]), accumulate([True, 2]))
try:
    accumulate([1, "x"])
except TypeError as e:
    print(e)
print(accumulate([-(1 << 62), -1, -1]), accumulate([(1 << 62) - 1, 1]))
print(product(25), product(70))
print(floats([1.0, 2.0]), floats([1, 2.5, 0.0]), floats([]), floats([1e308, 1e308, 1e308]), floats([1e-320, 5e-324]))
print(mixed(4), mixed(8), mixed(10), mixed(14))
print(divide([1, 2.0, 3, 1.0, big, 7, 1 << 60, "s"], [0, 0.0, 3, 2, 3.0, 2, 3, 1]))
for k in (1, 3, 8, 61):
    print(ints([0, 1, -1, 7, -7, 5 << 57, -(1 << 62), big, 12345678901234567890], k))
for bad in (0, -1):
    try:
        print(ints([5, -5], bad))
    except (ZeroDivisionError, ValueError) as e:
        print(type(e).__name__, e)
nan = float("nan")
inf = float("inf")
print(nans([1.0, nan, inf, -inf, 0.0, -0.0]))
print(nan_identity([1.0, nan, 2.0, inf]))
a = [[i + j for j in range(5)] for i in range(5)]
print(grid(a, 5), a[4])
print(grid([[0.5] * 3 for _ in range(3)], 3), grid([[big] * 2 for _ in range(2)], 2))
print(rows([[1, 2], [3, 4]], 1, 0), rows({1: [5, 6]}, 1, 0), rows([{1: "v"}], 0, 0), rows([(1, 2.5)], 0, 0) if False else "")
for args in (([[1]], 0, 0), ([[1]], 1, 0), ([1], 0, 0), ([(1, 2)], 0, 0), (None, 0, 0)):
    try:
        rows(*args)
    except Exception as e:
        print(type(e).__name__, e)
try:
    unbound(5)
except UnboundLocalError as e:
    print(e)
try:
    deleted(9)
except UnboundLocalError as e:
    print(e)
print(swap([3, 1, 2]), swap([2.5, -1.0, 0.0, -0.0, 9e99, nan]), swap(["b", "a"]), swap([1, 0.5, big, -big]))
print(accumulate([Loud(1.5), 2.5]))
print(floats(Seq(3)))
c = Counter()
print(c.run([1, 2.5]), c.run([0.25, True]), c.run([]))
c.count = "s"
try:
    c.run([1.0])
except TypeError as e:
    print(e, c.total)
print(conditional([0.0, -0.0, 1.5, nan, 3]))
print(chained([1, 2.5, 3, nan, big], 1, 3), chained([1, 2, 3], 1.5, 2.5))
print(handler([1, 2.0, 0, 0.0, 4, -0.0]))
print(list(generator(4)))
try:
    raises([0.5, 1.5, 2.5])
except IndexError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_lineno - 0 > 0)
        tb = tb.tb_next
    print(e)
print(countdown(3), last_of([3, 9.5, 2]), last_of([]), last_of([nan, 1.0]), nested(9))


def answers(a, b):
    n = 0
    x = 0
    for i in range(len(a)):
        n += a[i] != b[i]
        n = n - (a[i] < b[i]) * 2
        x = a[i] == b[i]
    return n, x, x is True
print(answers([1, 2, 3], [1, 3, 2]), answers("ab", "ab"), answers([], []))
class Odd:
    def __init__(self, v):
        self.v = v
    def __ne__(self, o):
        return 2.5
    def __lt__(self, o):
        return 1
print(answers([Odd(1)], [Odd(2)]))
def limits(n):
    t = 0
    for i in range(n):
        t -= 3
        if abs(t) > 2**62 or t < -2**62 or t == 2**62:
            t = t % 1009
    return t
print(limits(5))
