# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Elements and scalars that are read, calculated and stored without entering the guest: what NumPy says where it is not that simple.
import warnings
import numpy as np


def attempt(f):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            r = f()
            print(repr(r), type(r).__name__, [str(w.message) for w in seen])
        except Exception as e:
            print(type(e).__name__, e)


f = np.array([1.5, -2.0, 0.0, np.nan, np.inf, 1e308, 5e-324])
i = np.array([1, -2, 0, 2**62, -(2**63), 2**63 - 1])
for k in (0, -1, 6, 7, -8, True, 1.0, None, "x", np.int64(1), np.uint8(1), (0,), (), slice(1), 2**70):
    attempt(lambda: f[k])
    attempt(lambda: i[k] if not isinstance(k, int) or k < 6 else i[-1])
for x in f:
    for y in (f[0], f[2], 2, 0, -1.5, float("nan"), i[0], i[2], True, 2**60 + 1, 1j, "s", None):
        attempt(lambda: x + y)
        attempt(lambda: y * x)
        attempt(lambda: x / y)
        attempt(lambda: x < y)
        attempt(lambda: y == x)
for x in i:
    for y in (i[0], i[3], i[4], 3, 0, 1.5, 2**62, 2**64, np.int32(2), False, f[0]):
        attempt(lambda: x + y)
        attempt(lambda: y - x)
        attempt(lambda: x * y)
        attempt(lambda: x / y)
        attempt(lambda: x // y if y else None)
        attempt(lambda: x >= y)
for x in (f[0], f[2], i[0], i[2], i[4]):
    attempt(lambda: -x)
    attempt(lambda: abs(x))
    attempt(lambda: (int(x), float(x), bool(x), str(x), hash(x) == hash(float(x)), x ** 2, x % 2, round(x), x is x))
attempt(lambda: int(f[3]))
attempt(lambda: int(f[4]))
attempt(lambda: [10, 20, 30][i[0]])
attempt(lambda: {1: "one", 1.5: "half"}[i[0]])
attempt(lambda: {1: "one", 1.5: "half"}[f[0]])

m = np.zeros((2, 3))
n = np.zeros((2, 3), dtype=int)
for a in (m, n):
    a[0, 0] = 5
    a[1, -1] = f[0]
    a[0, 1] = i[1]
    a[(1, 0)] = True
    attempt(lambda: a.__setitem__((2, 0), 1))
    attempt(lambda: a.__setitem__((0, 2), 2**70))
    attempt(lambda: a.__setitem__((0, 2), "7"))
    attempt(lambda: a.__setitem__((0, 2), "q"))
    attempt(lambda: a.__setitem__((0, 2), None))
    a[0] = 9
    print(a, a[1, 2], a[0][1], len(a), a.shape, a.ndim, a[1].shape)
for kind in (">f8", "<f8", "f4", "i4", ">i8", "u8", "bool", "c16", "O", "U3", "M8[D]"):
    a = np.array([1, 0, 1]).astype(kind)
    a[1] = a[0]
    print(kind, a[1], type(a[1]).__name__, a, [x == a[0] for x in a])
packed = np.zeros(3, dtype=[("b", "i1"), ("d", "f8")])["d"]
packed[1] = 2.5
print(packed[1], packed.flags.aligned, list(packed), f[::-2][1], m.T[2, 1], m[:, 1][0])
locked = np.arange(3)
locked.flags.writeable = False
attempt(lambda: locked.__setitem__(0, 1))
zero = np.array(7.5)
attempt(lambda: zero[()])
attempt(lambda: zero[0])
attempt(lambda: len(zero))
print(zero.shape, zero.ndim, np.array([]).shape, list(np.array([])))
total = 0.0
count = 0
for r in range(2):
    for c in range(3):
        total += m[r, c] * 2
        count += n[r, c]
        m[r, c] = total
print(total, type(total).__name__, count, type(count).__name__, m)
grow = np.arange(3.0)
for x in grow:
    grow[2] = 50
    print(x, end=" ")
it = iter(grow)
print(next(it), next(it), list(it), list(it), next(it, "end"))
kept = [f[0], f[0], i[0]]
box = np.empty(1, dtype=object)
box[0] = kept[0]
print(box[0] is kept[0], kept[0] is kept[1], np.add(kept[0], 1), kept[0].dtype, kept[2].dtype, np.array(kept), kept[2].item())
while total > 1:
    total = total / 2
print(total, not total, total and 1, f[2] or "zero", i[2] or "zero")
with np.errstate(under="raise", over="raise"):
    attempt(lambda: np.float64(1e-300) * 1e-300)
    attempt(lambda: np.float64(1e300) * 1e300)
