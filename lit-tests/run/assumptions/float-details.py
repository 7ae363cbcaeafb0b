# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Floats and ints mixed, not-a-number and its identity, signed zeros, infinities and subnormal numbers in loops.
import math
def show(*a): print(*a)
inf, nan = float("inf"), float("nan")
def sums(xs, n):
    s = 0
    for i in range(n): s += xs[i % len(xs)]
    return s
show("mixed", sums([1, 0.5], 150), sums([1, 2, 0.25, True], 150), sums([2**62, 0.5], 150), sums([10**300, 1.5], 150), sums([-0.0], 150), sums([-0.0, 0], 150))
def too_large(n):
    s = 0.0
    try:
        for i in range(n): s += 10**(i * 4)
    except OverflowError as e: return i, s, str(e)
show("too large", too_large(150))
def minus_zero(n):
    z, out = 0.0, []
    for i in range(n):
        z = -z
        if i > 146: out.append((z, z == 0, z is 0, str(z), math.copysign(1, z), z + 0, z * 1, 0 - z, 0.0 - z, z - 0.0, abs(z), z // 1, z % 5, z ** 1))
    return out
import warnings; warnings.simplefilter("ignore")
for line in minus_zero(150): show(*line)
def zeros(n):
    a, b, c = -0.0, 0.0, 0
    out = set()
    for i in range(n):
        out.add((str(a + a), str(a + b), str(a + c), str(a * -1), str(-a), str(a * c), str(min(a, b)), str(max(b, a)), str(min(b, a)), str(a or b), str(sum([a, a])), str(round(-0.4)), str(round(-0.4, 0)), str(int(a)), str(a if a else c)))
    return sorted(out)
show(*zeros(120))
def zero_attribute(n):
    class V:
        def __init__(self, x): self.x = x
    v, out = V(0.0), []
    for i in range(n):
        v.x = v.x * -1.0
        if i == 100: v.x = 5e-324
        if i == 110: v.x = v.x / 2
        if i in (0, 1, 99, 100, 101, 110, 111, 119): out.append(v.x)
    return out
show("zero attribute", zero_attribute(120))
def not_a_number(n):
    x, c = nan, [0] * 9
    y = float("nan")
    for i in range(n):
        c[0] += x == x; c[1] += x != x; c[2] += x < x; c[3] += x in [x]; c[4] += [x] == [x]; c[5] += x in (y,); c[6] += x is x; c[7] += bool(x)
        c[8] += (x, 1) == (x, 1)
        x = x + 1 if i % 3 == 0 else x
        if i % 3: x = x * 0
    return c
show("nan", not_a_number(150))
def nan_identity(n):
    c = [0] * 5
    for i in range(n):
        x = inf - inf
        xs = [x]
        c[0] += x in xs; c[1] += xs.count(x); c[2] += xs[0] is x; c[3] += xs == [xs[0]]; c[4] += {x: 1}.get(x, 0)
    return c
show("identity", nan_identity(150))
def nan_in_floats(n):
    xs = [float(i) for i in range(n)]
    xs[70] = nan
    s, c = 0, 0
    for x in xs:
        if x == x: s += x
        else: c += 1
        if not x < 1e9: c += 10
        if not (x >= 0): c += 100
    return s, c, nan in xs, xs.index(nan), max(xs), min(xs), max(xs[70:]), min(xs[70:])
show("in a list", nan_in_floats(150))
def extremes(n):
    out = []
    for i in range(n):
        a, b = (nan, 1) if i % 2 else (1, nan)
        v = (max(a, b), min(a, b), max(a, b, 2), sorted([a, b, 0]))
        if i > n - 3: out.append(v)
    return out
show("max min", extremes(150))
def infinite(n):
    x, out = 1e300, []
    for i in range(n):
        x *= 10
        if i in (7, 8, 9): out.append(x)
        if x == inf: out.append(i) if i == 8 else None; x = -1e-300 if i < 20 else 1e300
        if i == 120: out.append((inf - 1, inf * -1, 1 / inf, -1 / inf, inf // 1, 1 % inf, -1 % inf, inf ** 0, inf > 10**400, -inf < -10**400))
    return out
show("infinite", infinite(150))
def inf_to_int(n):
    out = []
    for x in [1.5, inf, nan, -inf, 2.0**70, -0.9] * 20:
        try: out.append(int(x) + round(x))
        except (OverflowError, ValueError) as e: out.append(str(e))
    return out[:6], len(set(map(str, out)))
show("to int", inf_to_int(120))
def subnormal(n):
    x, c, smallest = 1.0, 0, 1.0
    for i in range(1100):
        x /= 2
        if x: smallest = x; c += 1
    return c, smallest, x, smallest / 2, smallest * 0.5 + smallest, 2.2250738585072014e-308 / 4 * 4
show("subnormal", subnormal(1))
def subnormal_kept(n):
    xs = [5e-324 * i for i in range(n)]
    s = 0.0
    for x in xs: s += x
    return s, xs[1], xs[-1], sum(xs), s * 1e10
show("kept", subnormal_kept(150))
def small_exponents(n):
    out = []
    for e in range(-330, 310, 10):
        x = float(f"1e{e}")
        y = -x
        out.append((x + x) / 2 == x and y * -1 == x and [x][0] == x and (x,)[0] is not None and str(float(repr(x))) == repr(x))
    return len(out), all(out)
show("exponents", small_exponents(1))
def kinds_turn(n):
    x = 1
    for i in range(n):
        if i == 50: x = x / 2
        elif i == 75: x = int(x)
        elif i == 100: x = x * 1.0
        elif i == 125: x = round(x)
        else: x = x + 1
    return x, type(x).__name__
show("turns", kinds_turn(60), kinds_turn(90), kinds_turn(110), kinds_turn(150))
def divisions(a, b, n):
    s = 0
    for i in range(n): s += a // b + a % b + divmod(a, b)[1]; a += 0.25
    return s
for a, b in (7.5, 2), (-7.5, 2), (7.5, -2), (-7.5, -2.5), (1e17, 3), (-1e-300, 1e300), (5, 0.1): show("divide", divisions(a, b, 150))
def modulo_signs(n):
    out = set()
    for i in range(n): out.add((str(-1.0 % 1.0), str(1.0 % -1.0), str(0.0 % -3), str(-0.0 % 3), str(-4.0 // 3), str(-0.0 // 3), str(3.0 % -inf), str(-3.0 % inf)))
    return out.pop()
show("signs", modulo_signs(100))
def by_zero(n, kind):
    s = 0.0
    try:
        for i in range(n):
            d = 100.0 - i
            s += (1.0 / d) if kind == 0 else (1.0 // d) if kind == 1 else 1.0 % d if kind == 2 else 0.0 ** -d if i < 100 and 0 else 0.0 ** (d - 0.5 if d < 0.5 else 1)
    except ZeroDivisionError as e: return i, round(s, 9), str(e)
show("by zero", by_zero(150, 0), by_zero(150, 1), by_zero(150, 2), by_zero(150, 3))
def powers(n):
    s, out = 0, []
    for i in range(n):
        s += (i * 0.5) ** 2 + (i + 1) ** 0.5 + (i + 1) ** -1 + 2.0 ** (i % 10)
        if i == 100: s = int(s)
    out.append((-8) ** (1 / 3))
    out.append((-8.0) ** 2)
    try: 10.0 ** 400
    except OverflowError as e: out.append(str(e))
    return round(s, 6), out
show("powers", powers(150))
def compares(n):
    c = [0] * 6
    for i in range(n):
        f, k = i / 2, i // 2
        c[0] += f == k; c[1] += f > k; c[2] += k < f; c[3] += k <= f; c[4] += f != k; c[5] += hash(f) == hash(k)
    return c
show("compares", compares(150))
def big_compares(n):
    c = 0
    for i in range(n):
        k, f = 2**53 + i, float(2**53 + i)
        c += (k == f) + 3 * (k < f) + 5 * (k > f) + 7 * (f == float(2**53 + i + 1))
    return c, 2**63 == 2.0**63, 2**63 - 1 == 2.0**63, 2**63 - 1 < 2.0**63, -2**63 == -2.0**63, 10**400 > inf, 2**62 == float(2**62), 2**62 - 1 < float(2**62)
show("big", big_compares(150))
def rounding(n):
    s = 0
    for i in range(n): s += round(i / 4) + round(i / 8, 1) + int(-i / 3) + math.floor(-i / 3) + math.ceil(i / 3) + math.trunc(i / 7)
    return round(s, 6)
show("round", rounding(150))
def accumulate(n):
    s, c = 0.1, 0
    for i in range(n):
        s += 0.1
        c += s == (i + 2) * 0.1
    return s, c, repr(s * 3)
show("accumulate", accumulate(150))
def complexes(n):
    z, c = 0j, 0
    for i in range(n):
        z = z * z + (0.3 - 0.2j)
        if i == 100: z = z + 1
        if i == 120: z = z.real
        c += abs(z) < 2
    return z, c
show("complex", complexes(119), complexes(122)[1], complex(-0.0, nan), -(0j), 0j == -0.0)
def dict_keys(n):
    d = {}
    for i in range(n):
        d[i % 3] = i; d[float(i % 3)] = i; d[-0.0] = i; d[i % 2 == 0] = "b"
    return d
show("keys", dict_keys(150))
def bools(n):
    t, f = True, 0.0
    for i in range(n):
        t = t + (i % 2 == 0)
        f += i % 3 == 0
        if i == 100: t = bool(f)
    return t, f, True + 0.5, -True, ~True
show("bools", bools(150))
def unboxed_text(n):
    out = 0
    x = -0.0
    for i in range(n):
        out += len(str(x)) + len(repr(i / 3)) + len(f"{x:.3f}") + len("%s" % x)
        x = x * -1
    return out
show("texts", unboxed_text(150))
def copies(n):
    v = [0.0] * 10
    for i in range(n):
        v[i % 10] = -v[i % 10] if i % 20 < 10 else 0 * -1.0
    return v, [str(x) for x in v]
show("copies", copies(117))
def constant_folding():
    return 0.0 * -1, -0.0 + 0, 0.0 == -0.0, 1e308 * 10, 1e308 * 10 - 1e308 * 10, 0.1 + 0.2, 1 / 3, -7 // 2.0, -7 % 2.5, 2 ** -1, 2 ** 0.5, (1 if nan else 2), (nan == nan), 1e16 + 1
show(constant_folding())
x = 0
for i in range(150):
    x += 0.5 if i > 75 else 1
    if i == 140: x = -0.0
    if i == 145: x = nan
    if i == 147: x = 2**70
    if i in (139, 140, 146): show("top", x)
show("top", x)
