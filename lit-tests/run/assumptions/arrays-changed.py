# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Arrays that change type code, class or length in loops over their items, items that do not fit, and what is no array at all.
from array import array
import array as module
def show(*a): print(*a)
def hidden(x): return [x].pop()

def total(a, n):
    s = 0
    for i in range(n): s += a[i]
    return s
def fill(a, n, v):
    for i in range(n): a[i] = v
    return a
def tried(f, *args):
    try: return f(*args)
    except Exception as e: return type(e).__name__, str(e)

# Every code: its ends fit, what is behind them does not.
def ends_b(v):
    a = array('b', [0]) * 4
    for i in range(4): a[i] = v
    return a
def ends_B(v):
    a = array('B', [0]) * 4
    for i in range(4): a[i] = v
    return a
def ends_h(v):
    a = array('h', [0]) * 4
    for i in range(4): a[i] = v
    return a
def ends_H(v):
    a = array('H', [0]) * 4
    for i in range(4): a[i] = v
    return a
def ends_i(v):
    a = array('i', [0]) * 4
    for i in range(4): a[i] = v
    return a
def ends_I(v):
    a = array('I', [0]) * 4
    for i in range(4): a[i] = v
    return a
def ends_l(v):
    a = array('l', [0]) * 4
    for i in range(4): a[i] = v
    return a
def ends_L(v):
    a = array('L', [0]) * 4
    for i in range(4): a[i] = v
    return a
def ends_q(v):
    a = array('q', [0]) * 4
    for i in range(4): a[i] = v
    return a
def ends_Q(v):
    a = array('Q', [0]) * 4
    for i in range(4): a[i] = v
    return a
def ends_f(v):
    a = array('f', [0]) * 4
    for i in range(4): a[i] = v
    return a
def ends_d(v):
    a = array('d', [0]) * 4
    for i in range(4): a[i] = v
    return a
class Index:
    def __index__(self): return 7
class Real:
    def __float__(self): return 0.75
for f in ends_b, ends_B, ends_h, ends_H, ends_i, ends_I, ends_l, ends_L, ends_q, ends_Q, ends_f, ends_d:
    for v in 0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 32768, -32769, 65535, 65536, 2**31 - 1, 2**31, -2**31 - 1, 2**32 - 1, 2**32:
        show(f.__name__, v, tried(f, v))
    for v in 2**62 - 1, 2**62, -2**62, -2**62 - 1, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64 - 1, 2**64, 1.5, 1e300, -0.0, float('nan'), True, None, 'x', Index(), Real(), 1j:
        show(f.__name__, v if type(v) is not Index and type(v) is not Real else type(v).__name__, tried(f, v))

# Items that are no small ints, among ones that are.
def wide(a):
    s = 0
    for i in range(len(a)):
        if a[i] > 2**62: s -= 1
        s += a[i]
    return s
show("wide", wide(array('Q', [1, 2**62 - 1, 2**62, 2**64 - 1, 5])), wide(hidden(array('q', [1, 2**62, -2**63, 2**63 - 1]))))

# Another code, a list, a subclass, in the middle of the loop.
class Doubling(array):
    def __getitem__(self, i): return 2 * array.__getitem__(self, i)
    def __setitem__(self, i, v): array.__setitem__(self, i, v + 1)
def rebound(kinds, n):
    a = array('d', [0.5]) * n
    out = []
    for kind in kinds:
        s = 0
        for i in range(n):
            if i == n // 2: a = hidden(kind)
            s += a[i]
            a[i] = i
        out.append((s, type(a).__name__, list(a)[:3], list(a)[-3:]))
    return out
show("rebound", rebound([array('d', [1.5]) * 20, array('i', [3]) * 20, [1] * 20, Doubling('d', [1.0] * 20), array('f', [0.25]) * 20, array('d', [2.5]) * 20], 20))
show("bytes", tried(rebound, [bytes(20)], 20), tried(rebound, [bytearray(20)], 20), tried(rebound, [(1,) * 20], 20), tried(rebound, [{i: i for i in range(20)}], 20))
class Holder:
    def __init__(self): self.data = array('i', [1]) * 40
    def total(self, at, other):
        s = 0
        for i in range(40):
            if i == at: self.data = hidden(other)
            s += self.data[i]
        return s
    def fill(self, at, other, v):
        for i in range(40):
            if i == at: self.data = hidden(other)
            self.data[i] = v
        return list(other)[-2:]
show("attribute", Holder().total(20, array('d', [0.5]) * 40), Holder().total(20, [2] * 40), Holder().total(41, None), tried(Holder().total, 20, None))
show("attribute", Holder().fill(20, array('d', [0.5]) * 40, 3), Holder().fill(20, [2] * 40, 3), tried(Holder().fill, 20, array('d', [1] * 40), 'x'))

# Longer and shorter, from within and through a view.
def grows(a, n):
    s = 0
    for i in range(n):
        if i >= len(a) - 1: a.append(i)
        s += a[i] + a[-1] + a[i - 1]
    return s, len(a)
show("grows", grows(array('i', [1, 2]), 100), grows(hidden(array('d', [1, 2])), 100))
def shrinks(a):
    s = 0
    try:
        for i in range(100):
            s += a[i]
            if i % 3 == 0: a.pop()
    except IndexError as e: return s, i, str(e)
show("shrinks", shrinks(array('h', range(100))), shrinks(hidden(array('f', range(100)))))
def written(n):
    a = module.array('B', bytes(n))
    v = memoryview(a)
    s = 0
    for i in range(n):
        v[n - 1 - i] = i
        s = s * 2 + a[i]
        if i == n - 1:
            try: a.append(1)
            except BufferError as e: show("view", e)
    return s
show("written", written(30))

# From the end, out of range, and by what is no int.
def around(a, start, stop):
    s = 0
    for i in range(start, stop): s += a[i]
    return s
show("around", around(array('d', [1, 2, 3]), -3, 3), tried(around, array('d', [1, 2, 3]), -4, 3), tried(around, array('i', [1, 2, 3]), -3, 4))
def by(a, keys):
    s = 0
    for k in keys: s += a[k]
    return s
show("by", by(array('i', [1, 2, 3]), [0, 1, True, Index and 2]), tried(by, array('i', [1, 2, 3]), [0, 1.0]), tried(by, array('i', [1, 2, 3]), ['0']))

# NaNs, and zeros with a sign.
def zeros(a, n):
    for i in range(n): a[i] = -a[i]
    return a
show("zeros", zeros(array('d', [0.0, -0.0, float('nan'), float('inf')]), 4), zeros(hidden(array('f', [0.0, -0.0, float('nan'), float('inf')])), 4))
def rounded(a, x, n):
    for i in range(n): a[i] = x * i
    return a[1], a[2] + a[3]
show("rounded", rounded(array('f', bytes(16)), 0.1, 4), rounded(hidden(array('d', bytes(32))), 0.1, 4))

# A name that is not the module's.
def not_one(n):
    class array:
        def __init__(self, code, items): self.items = list(items)
        def __getitem__(self, i): return self.items[i] + 1
        def __setitem__(self, i, v): self.items[i] = v * 2
    a = array('d', [1] * n)
    s = 0
    for i in range(n):
        s += a[i]
        a[i] = 5
    return s, a.items
show("not one", not_one(6))
show("total", total([1, 2, 3], 3), total((1, 2, 3), 3), fill([0] * 3, 3, 1.5))
