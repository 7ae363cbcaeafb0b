# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# RUN: krait emit --ir -O2 --function norm %s | FileCheck %s
# A parameter that only its company says to be a float, and no caller that is seen, may be an int: it is held as either, exactly.
# CHECK: raw x real
# CHECK-NEXT: raw y real


def norm(x, y, n):
    r = 0.0
    for i in range(n):
        r = r * 0.5 + (x * x + y * y) * 0.001
    return r, x, y, x * x


def scaled(x, n):
    h = x / 3.0
    r = 0.0
    for i in range(n):
        r = r * 0.5 + h
    return r, x


def shifted(xs, k):
    t = 0.0
    for x in xs:
        t += (x - k) * (x - k) / 2.0
    return t, k - 1, -k, k == 2, k > 1.5, abs(k), min(k, 2.0), k * 0


def changed(x, n):
    total = 0.0
    for i in range(n):
        total += x * 0.25
        x = x + 1
        if i == n - 2:
            x = x * 2**60
    return total, x


def kept(x, out, n):
    for i in range(n):
        out.append(x)
        out.append(x * 1.0 + i * 0.5)
    return x is out[0]


def unpacked(pair):
    y, n = pair
    total = 0.0
    for i in range(20):
        total = total * 0.25 + y * (2.0 / n)
    return total, y, n


calls = {"norm": norm, "scaled": scaled, "shifted": shifted, "changed": changed, "kept": kept}
odd = [3, 3.0, True, -0.0, 0, 2**53, 2**53 + 1, -(2**53) - 1, 2**61, 2**62 - 1, 2**70, -(2**70), 1e300, float("inf"), float("nan"), 1j, "ab", None, [1], 10**400]
for name, f in calls.items():
    for value in odd:
        rest = {"norm": (2, 40), "scaled": (40,), "shifted": (), "changed": (5,), "kept": ([], 3)}[name]
        first = ([0.5 * k for k in range(40)], value) if name == "shifted" else (value,)
        try:
            print(name, repr(value)[:30], f(*first, *rest))
        except (TypeError, OverflowError) as error:
            print(name, repr(value)[:30], type(error).__name__, error)
print(calls["norm"](3, 4.5, 10), calls["norm"](4.5, 3, 10), calls["norm"](y=True, x=2**40, n=3))
for pair in [(3, 4), (3.5, 4), (4, 0.5), (2**60, 3), (1j, 2), (True, True), (5, 0), ("a", 1)]:
    try:
        print(pair, unpacked(pair))
    except (TypeError, ZeroDivisionError) as error:
        print(pair, type(error).__name__, error)
