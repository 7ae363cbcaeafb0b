# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops over complex numbers, which are raw until somebody looks.
def escape(c, limit):
    z = 0j
    for i in range(limit):
        z = z * z + c
        if abs(z) > 2.0:
            return i
    return limit
def total(zs):
    t = 0
    for z in zs:
        t += z
        t -= 0.5
        t *= z
    return t
def parts(zs):
    r = []
    for z in zs:
        w = z * 2
        r.append((w.real, w.imag, -w, w == z, w != 2 * z, bool(w), abs(w) if w == w else None))
        r.append(w)
    return r
def ident(zs):
    out = []
    for z in zs:
        w = z + 1j
        out.append(w in [w])
        y = z
        out.append(y in zs)
        w = w * 1.0
        out.append([w, w][0] == w)
    return out
def grid(n):
    rows = []
    for y in range(n):
        row = []
        for x in range(n):
            c = complex(2.0 * x / n - 1.5, 2.0 * y / n - 1.0)
            row.append(escape(c, 30))
        rows.append(row)
    return rows
def overflow(z, n):
    for i in range(n):
        z = z * z
        try:
            a = abs(z)
        except OverflowError as e:
            return str(e), i
    return z, a
def fft(xs):
    n = len(xs)
    if n == 1:
        return xs
    even, odd = fft(xs[::2]), fft(xs[1::2])
    w = [complex(1.0 / (k + 1), k * 0.25) for k in range(n // 2)]
    return [even[k] + w[k] * odd[k] for k in range(n // 2)] + [even[k] - w[k] * odd[k] for k in range(n // 2)]
def keep(zs, store):
    w = 0j
    for i in range(len(zs)):
        w = w + zs[i]
        store[i] = w
        w = w - 0.25j
    return store, w
def divide(a, b):
    r = []
    for x in a:
        for y in b:
            try:
                r.append((x + 1j) / (y + 0j))
            except ZeroDivisionError as e:
                r.append(str(e))
    return r
def mixed(n):
    z = 1
    for i in range(n):
        if i == 2:
            z = z + 1j
        if i == 4:
            z = z * 0.5
        if i == 6:
            z = "s" if n > 7 else z
        z = z + z
    return z
def unbound(n):
    for i in range(n):
        if i > 1:
            z = i * 1j
        if i > 0:
            print(z + 1)
nan, inf = float("nan"), float("inf")
print(escape(0.3 + 0.5j, 50), escape(1 + 1j, 50), escape(0, 5), escape("x" and 0.25, 9))
print(total([1j, 2 + 1j, 0.5, 3, True]), total([]), total([1e200 + 1e200j, 1e200j]))
print(parts([1 + 2j, -0.0 - 0j, complex(nan, 1), complex(inf, -inf), 1e-320j]))
print(ident([1 + 2j, complex(nan, 0)]))
print(grid(6), overflow(10 + 10j, 20), overflow(0.5j, 3), overflow(complex(inf, 0), 1))
print(fft([complex(i, -i) for i in range(8)]), fft([1, 2.5, 3j, 0]))
print(keep([1, 2j, 0.5], [0] * 3), keep([1j], {}))
print(divide([1, 2.5, 1j], [0, 2, 0.0, 1j]))
print(mixed(3), mixed(7), mixed(9))
try:
    unbound(4)
except UnboundLocalError as e:
    print(e)
class C(complex):
    def __add__(self, o):
        print("add")
        return 5j
print(total([C(1, 2), 1j]))
try:
    total([1j, None])
except TypeError as e:
    print(e)
