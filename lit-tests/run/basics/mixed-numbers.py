# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# One function for ints and for floats, lists of both, and numbers in cells; then items and slices of lists, keys and texts.
def product(a, b):
    n = len(a)
    c = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            s = 0
            for k in range(n):
                s += a[i][k] * b[k][j]
            c[i][j] = s
    return c
ints = [[i * 3 + j for j in range(3)] for i in range(3)]
floats = [[x / 4 for x in row] for row in ints]
both = [[row[0], row[1] * 0.5, 2 ** 62] for row in ints]
for a in (ints, floats, both):
    for b in (ints, floats, both):
        print(product(a, b))

def blend(u, knots):
    total, seen = 0.0, []
    for k in knots:
        d = u - k
        total += d * k
        total = total - k / 3
        seen.append(k if d < 1 else d)
        if k > u:
            total = k + total
    return total, seen
print(blend(0.75, [0, 1, 0.5, 2 ** 70, -3, True]), blend(2, [1, 2.5, 7]), blend(2, [len("ab"), len("abc")]))
try:
    blend(1.5, [1, "x"])
except TypeError as e:
    print(e, e.__traceback__.tb_next.tb_lineno)
try:
    blend(1.5, [1, None])
except TypeError as e:
    print(e, e.__traceback__.tb_next.tb_lineno)
def scaled(v, by):
    for i in range(len(v)):
        v[i] *= by
        v[i] /= len(v)
    return v
print(scaled([1, 2.0, 3], 2), scaled([1.5, 2], 0.5), scaled([len("abc"), 0.25], len("ab")))

def cells(n, degree):
    last = n - 1
    def inside(i):
        return degree < i <= last
    total = 0
    for i in range(n):
        row = [j * i + last for j in range(degree) if j < last]
        total += sum(row) + (1 if inside(i) else 0)
        degree = degree + 0
    last = last * 0.5
    return total, last, [last + d for d in range(2)], inside(2)
print(cells(6, 3), cells(4, 2))
def counter():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    return step
step = counter()
print([step(), step(2), step(0.5), step(2 ** 65), step(-0.5)])

class Thing:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"T{self.n}"
    def __del__(self): print("del", self.n)
def lists():
    v = list(range(10))
    v[2:5] = v[7:4:-1]
    v[:3] = v[2::-1]
    print(v, v[::3], v[-2::-4], v[8:2], v[2:8:-1], v[5:-1:-1], v[::-1][:2], v[100:], v[:-100:-1])
    v[2:4] = [0.5, "x"]
    v[5:2] = [77]
    v[1:1] = v
    print(v, v[::-2])
    try:
        v[::0]
    except ValueError as e:
        print(e)
    t = [Thing(i) for i in range(4)]
    t[0:2] = [1, 2]
    print(t, t[::-1])
    t[2:] = t[3:1:-1]
    print(t)
    t[:] = range(3)
    w = [1.5, 2.5]
    w[0:2] = (3, 4)
    w[0:1] = [w]
    print(t, len(w), w[0] is w)
lists()

class Odd:
    def __init__(self, h): self.h = h
    def __hash__(self): return self.h
    def __eq__(self, other): print("eq", self.h, other); return other == self.h
d = {Odd(3): "odd", 4: "four"}
print(d[4], d.get(3), 3 in d, 5 in d, d.get(-1), d.get(-2))
d[3] = "three"
print(len(d), {1: 'a', True: 'b', 1.0: 'c'}, {2 ** 61 - 1: 1, 0: 2, -1: 3, -2: 4})
print([a < b for a in ("", "\0", "a", "ab", "b", "\xff", "\u0100", "a\0") for b in ("", "\0", "a", "aa", "\u0100")])
print([a == b for a in ("", "\0", "a", "\u0161") for b in ("", "\0", "a", "b", "\u0161", "\u0261")])
print("a" in "bca", "" in "x", "\u0100" in "ab", "\xe9" in "caf\xe9", "ab" in "cab", {1} in {frozenset([1])}, (1, 2) in {(1, 2)})
for bad in (lambda: 1 in "a", lambda: [] in {1}, lambda: [] in {1: 2}):
    try:
        bad()
    except TypeError as e:
        print(e)
nan = float("nan")
pairs = {(1, "a"): 1, (Odd(5), "b"): 2, (2.0, "c"): 3, (nan, 1): 4, ("x" * 3, 2 ** 70): 5}
print(pairs[1, "a"], pairs[1.0, "a"], pairs[5, "b"], pairs[2, "c"], (nan, 1) in pairs, (float("nan"), 1) in pairs,
      pairs["x" * 3, 2 ** 70], (1, "b") in pairs, (1, "a", 0) in pairs, ("xxx",) in pairs)
print({(0, 1), (0, 1.0), (False, True), ("a", 1), ("a", 1)} == {(0, 1), ("a", 1)}, (0, -1) in {(0, -2)}, (-1,) in {(-2,)})
