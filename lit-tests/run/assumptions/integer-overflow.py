# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Integers that leave 62, 63 and 64 bits in the middle of a loop, at every operator, and come back.
def show(*a): print(*a)
def adds(n, start, step):
    s = start
    for i in range(n): s += step
    return s
show("add", adds(150, 2**62 - 100, 1), adds(150, 2**63 - 100, 1), adds(150, -2**62 + 100, -1), adds(150, 0, 2**60), adds(150, -2**63, 2**61), adds(150, 2**62, -1))
def subs(n, start, step):
    s = start
    for i in range(n): s -= step
    return s
show("sub", subs(150, -2**62 + 100, 1), subs(150, 2**62 - 1, -1), subs(150, -2**63 + 1, 1), subs(150, 2**62 + 100, 2), subs(150, 0, -2**61))
def products(n, start, k):
    p, seen = start, []
    for i in range(n):
        p *= k
        if p > 2**80 or p < -2**80: p = start
        seen.append(p)
    return p, max(seen), min(seen)
show("mul", products(150, 1, 3), products(150, -1, 2), products(150, 1, -2), products(150, 2**31, 2**31), products(150, 2**62, 1), products(150, -2**61, -2))
def shifts(n, x):
    out = 0
    for i in range(n):
        out ^= (x << (i % 70)) ^ (x >> (i % 70))
    return out
show("shift", shifts(150, 1), shifts(150, -1), shifts(150, 2**61 + 1), shifts(150, -2**62), shifts(150, 12345))
def shift_by(n):
    s = 0
    try:
        for i in range(n):
            s += 1 << (n - 20 - i)
    except ValueError as e: return i, s, str(e)
show("shift by", shift_by(150))
def negations(xs, n):
    s = 0
    for i in range(n):
        x = xs[i % len(xs)]
        s += -x * (i + 1) + abs(x) + ~x + +x
    return s
show("neg", negations([-2**62, 2**62 - 1, -2**63, 2**63, 0, -1], 150), negations([-2**62], 150), negations([True, 5], 150))
def divisions(a, b, n):
    s = t = 0
    for i in range(n):
        s += a // b + i // b
        t += a % b + i % b
        a += 1
    return s, t
for a, b in (7, 2), (-7, 2), (7, -2), (-7, -2), (-2**62, -1), (-2**63, -1), (2**62 - 50, 1), (-1, 2**62), (1, -2**62), (2**70, 3), (-2**70, 2**65), (0, -5):
    show("floordiv", a, b, divisions(a, b, 150))
def by_zero(n, op):
    s = 0
    try:
        for i in range(n):
            d = 120 - i
            if op == 0: s += i // d
            elif op == 1: s += i % d
            elif op == 2: s += i / d
            elif op == 3: s += divmod(i, d)[0]
            else: s += pow(i, 2, d)
    except (ZeroDivisionError, ValueError) as e: return i, d, round(s, 6), type(e).__name__, str(e)
for op in range(5): show("by zero", by_zero(150, op))
def trues(n):
    s = 0.0
    for i in range(n): s += (2**62 + i) / (i + 1) - (-2**63 - i) / 2**62
    return s
show("truediv", trues(150))
def huge_quotients(n):
    try:
        s = 0
        for i in range(n): s += 10**(i * 5) / 3
    except OverflowError as e: return i, str(e)
show("too large", huge_quotients(150))
def bits(a, b, n):
    s = 0
    for i in range(n):
        s += (a & b) ^ (a | i) ^ (b ^ i)
        a += 2**58; b -= 2**59
    return s, a, b
show("bits", bits(0, 0, 150), bits(-2**62, 2**62, 150))
def powers(n):
    s = 0
    for i in range(n): s += i ** 12 - (-3) ** (i % 45) + 2 ** (i % 66) + i ** 0 + (i + 1) ** -1
    return s
show("pow", powers(150))
def compares(xs, n):
    c = 0
    for i in range(n):
        a, b = xs[i % len(xs)], xs[(i * 7 + 1) % len(xs)]
        c += (a < b) + 2 * (a <= b) + 4 * (a == b) + 8 * (a != b) + 16 * (a > b) + 32 * (a >= b)
    return c
show("compare", compares([2**62, 2**62 - 1, -2**62, -2**62 - 1, 0, 2**63, -2**63, 2**64], 150), compares([1, True, 1.0, 2**53, 2.0**53, 2**53 + 1], 150))
def fibonacci(n):
    a, b = 0, 1
    for _ in range(n): a, b = b, a + b
    return a
show("fib", fibonacci(90), fibonacci(91), fibonacci(92), fibonacci(93), fibonacci(200))
def factorial(n):
    f = 1
    for i in range(2, n + 1): f *= i
    return f
show("factorial", factorial(20), factorial(21), factorial(60))
def collatz(start, n):
    x = start
    for i in range(n):
        x = x // 2 if x % 2 == 0 else 3 * x + 1
    return x
show("collatz", collatz(27, 100), collatz(2**62 - 1, 150), collatz(-2**63 + 1, 150))
def random_numbers(n):
    x = 88172645463325252
    for i in range(n):
        x ^= (x << 13) & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 7
        x ^= (x << 17) & 0xFFFFFFFFFFFFFFFF
    return x
show("xorshift", random_numbers(150))
def lcg(n):
    x = 1
    for i in range(n): x = (x * 6364136223846793005 + 1442695040888963407) % 2**64
    return x
show("lcg", lcg(150))
def hashes(text):
    h = 14695981039346656037
    for c in text: h = ((h ^ ord(c)) * 1099511628211) & (2**64 - 1)
    return h
show("fnv", hashes("the quick brown fox" * 10))
def counters(n):
    i = 2**62 - 75
    c = 0
    while i < 2**62 + 75: i += 1; c += 1
    while i > 2**62 - 75: i -= 1; c += 1
    return i, c
show("while", counters(0))
def ranges(start, stop, step):
    s = 0
    for i in range(start, stop, step): s ^= i
    return s, i
show("range", ranges(2**62 - 75, 2**62 + 75, 1), ranges(2**63 - 75, 2**63 + 75, 1), ranges(-2**62 + 75, -2**62 - 75, -1), ranges(-2**63, -2**63 + 300, 2), ranges(0, 2**65, 2**58), ranges(2**64, 0, -2**57))

show(len(range(2**63 - 1)), 2**62 in range(2**63), range(2**64)[-1])
def sums(xs): 
    s = 0
    for x in xs: s += x
    return s, sum(xs), max(xs), min(xs)
show("lists", sums([2**61] * 150), sums([-2**62] * 150), sums([2**62 - 1, 1] * 75), sums(list(range(150))))
class Box:
    def __init__(self, v): self.v = v
    def grow(self, d): self.v += d
    def twice(self): return self.v * 2
def boxes(n, v, d):
    b = Box(v)
    for i in range(n): b.grow(d)
    return b.v, b.twice()
show("attributes", boxes(150, 0, 1), boxes(150, 2**62 - 100, 1), boxes(150, 2**61, 2**61), boxes(150, -2**62, -1), boxes(150, 2**62, -1))
def items(n, d):
    xs, m = [0, 2**62 - 70], {"k": 2**62 - 70}
    for i in range(n):
        xs[0] += d; xs[1] += 1; m["k"] += 1
    return xs, m
show("items", items(150, 2**56), items(150, -2**57))
total = 2**62 - 5000
def global_total(n):
    global total
    for i in range(n): total += i
global_total(150)
show("global", total)
def closure_total(n):
    t = -2**62 + 5000
    def add(i):
        nonlocal t
        t -= i
    for i in range(n): add(i)
    return t
show("closure", closure_total(150))
def generator(n):
    x = 2**62 - 10
    for i in range(n):
        x += yield x
def sent(n):
    g = generator(n)
    x = next(g)
    for i in range(n - 1): x = g.send(i if i % 2 else -i)
    return x
show("generator", sent(150))
def inlined(x): return x * x + 1
def squares(n):
    x = 2
    for i in range(n):
        x = inlined(x)
        if x > 2**100: x = i
    return x
show("inlined", squares(150))
def recursive(a, n): return a if n == 0 else recursive(a * 2 + 1, n - 1)
show("recursive", recursive(1, 150), recursive(-1, 62), recursive(-2, 61))
def mixed(n):
    x, y = 2**62 - 1, 0.0
    for i in range(n):
        y += x + 0.5
        x = x + 1 if i % 2 else x - 1
        if i == 100: x = int(y)
    return x, y
show("mixed", mixed(150))
def exact_floats(n):
    c = 0
    for i in range(n):
        k = 2**53 + i
        c += (k == float(k)) + (k < float(k + 1)) * 10 + (2**62 + i == 2.0**62) * 100
    return c
show("exact", exact_floats(150))
def bytes_of(n):
    s = 0
    for i in range(n):
        v = 2**(i % 90) - 1
        s += v.bit_length() + v.bit_count() + int(str(v)) % 1000 + int(hex(v), 16) % 7 + int.from_bytes(v.to_bytes(12, "big"), "big") % 11
    return s
show("texts", bytes_of(150))
def indexes(n):
    xs, c = [1, 2, 3], 0
    for i in range(n):
        try: c += xs[i * 2**60]
        except IndexError: c += 1000
        c += sum(xs[-2**(i % 70):2**(i % 70)])
    return c
show("indexes", indexes(150))
for a in range(2**62 - 3, 2**62 + 120):
    b = -a - 1
    if a == 2**62 + 100: show("top", a + b, a * b, a - b, b // 7, b % 7, a << 1, b >> 1, ~a, -b, abs(b))
total = 2**62
for i in range(130): total = total - i if i % 2 else total + i
show("top", total)
