# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Operators of own classes: reflected, NotImplemented, priority of subclasses, in place, and replaced while in use.
def show(*a): print(*a)
class V:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return V(self.x + o.x, self.y + o.y)
    def __sub__(self, o): return V(self.x - o.x, self.y - o.y)
    def __mul__(self, k): return V(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __neg__(self): return V(-self.x, -self.y)
    def __eq__(self, o): return self.x == o.x and self.y == o.y if isinstance(o, V) else NotImplemented
    def __abs__(self): return (self.x * self.x + self.y * self.y) ** 0.5
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return 2
    def __bool__(self): return self.x != 0
    def __lt__(self, o): return abs(self) < abs(o)
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __repr__(self): return f"V({self.x}, {self.y})"
def walk(n, step):
    p = V(0, 0)
    for i in range(n): p = p + step * 2 - -step
    return p
show("walk", walk(150, V(1, 2)), walk(150, V(0.5, 1)), walk(150, V(2**60, -2**60)), walk(150, V(1, -0.0)))
def dots(n):
    s, a, b = 0, V(1, 2), V(3, 0.5)
    for i in range(n): s += a @ b + a[0] * b[1] + len(a) + (a == b) + (a != b) + (a < b) + (3 * a == V(3, 6))
    return s
show("dots", dots(150))
class R:
    def __radd__(self, o): return ("radd", o)
    def __rsub__(self, o): return ("rsub", o)
    def __rpow__(self, o): return ("rpow", o)
    def __rtruediv__(self, o): return ("rdiv", o)
    def __rfloordiv__(self, o): return ("rfloordiv", o)
    def __rmod__(self, o): return ("rmod", o)
    def __rlshift__(self, o): return ("rlshift", o)
    def __rand__(self, o): return ("rand", o)
    def __rdivmod__(self, o): return ("rdivmod", o)
    def __gt__(self, o): return ("gt", o)
    def __le__(self, o): return ("le", o)
def reflected(n):
    out = []
    r = R()
    for i in range(n):
        v = r if i >= n - 2 else 2
        x = i + 1 if i % 2 else i + 0.5
        line = [x + v, x - v, x / v, x // v, x % v, x ** v if x < 1000 else 0, divmod(x, v), x < v, x >= v]
        if type(x) is int: line += [x << v, x & v]
        if i >= n - 3: out.append(line)
    return out
for line in reflected(151): show(*line)
class N:
    def __add__(self, o): return NotImplemented
    def __eq__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
    def __iadd__(self, o): return NotImplemented
    def __call__(self): return NotImplemented
def not_implemented(n):
    a, c = N(), {}
    for i in range(n):
        for f in (lambda: a + i, lambda: i + a, lambda: a < a, lambda: a == i, lambda: a() is NotImplemented):
            try: r = f()
            except TypeError as e: r = str(e)
            c[r] = c.get(r, 0) + 1
    try: a += 1
    except TypeError as e: c[str(e)] = 1
    return c
show(*not_implemented(120).items())
class A:
    def __init__(self, v=0): self.v = v
    def __add__(self, o): return "A.add"
    def __radd__(self, o): return "A.radd"
    def __eq__(self, o): return "A.eq"
    def __lt__(self, o): return "A.lt"
    def __gt__(self, o): return "A.gt"
class B(A):
    def __radd__(self, o): return "B.radd"
    def __gt__(self, o): return "B.gt"
class C(A): pass
class D(B):
    def __eq__(self, o): return "D.eq"
def priorities(n):
    objects = [A(), B(), C(), D()]
    seen = {}
    for i in range(n):
        a, b = objects[i % 4], objects[i // 4 % 4]
        k = (type(a).__name__, type(b).__name__, a + b, a == b, a < b)
        seen[k] = seen.get(k, 0) + 1
    return seen
for line in priorities(160).items(): show(*line)
class I(int):
    def __add__(self, o): return ("I.add", int(self))
    def __radd__(self, o): return ("I.radd", int(self))
class F(float):
    def __rmul__(self, o): return ("F.rmul", float(self))
class S(str):
    def __radd__(self, o): return ("S.radd", str(self))
    def __mod__(self, o): return "S.mod"
class L(list):
    def __add__(self, o): return "L.add"
    def __iadd__(self, o): return "L.iadd"
def builtin_subclasses(n):
    i, f, s, l, out = I(1), F(2), S("s"), L(), []
    for k in range(n):
        a = 5 if k < n - 1 else i
        out = [1 + i, i + 1, 1.5 + i, i - 1, 2 * f, f * 2, 2.0 * f, "a" + s, s + "a", s % 1, l + [], [] + l, [1] * i, True + i, a + 1 if k < n - 1 else 1 + a]
    l += [1]
    return out + [l]
show(*builtin_subclasses(120))
class P:
    def __init__(self): self.v, self.log = 0, 0
    def __iadd__(self, o): self.v += o; return self
    def __isub__(self, o): return self.v - o
    def __ior__(self, o): self.log |= o; return self
    def __add__(self, o): return -1
def in_place(n):
    p = q = P()
    for i in range(n):
        p += i
        p |= 1 << i % 5
        if i == 120: p += 0.5
    kept = p
    p -= 1
    return p, q.v, q.log, kept is q
show("in place", in_place(150))
def in_place_items(n):
    xs, d = [P(), 1, [1]], {"k": P()}
    class O: pass
    o = O()
    o.p = P()
    for i in range(n):
        xs[0] += i; xs[1] += i; d["k"] += i; o.p += i
        if i % 50 == 0: xs[2] += (i,)
    return xs[0].v, xs[1], xs[2], d["k"].v, o.p.v
show("items", in_place_items(150))
def replaced(n):
    class Q:
        def __init__(self, v): self.v = v
        def __add__(self, o): return Q(self.v + o)
    q, out = Q(0), []
    for i in range(n):
        if i == 50: Q.__add__ = lambda self, o: Q(self.v + o * 2)
        if i == 80: Q.__iadd__ = lambda self, o: Q(self.v - 1)
        if i == 100: del Q.__iadd__
        if i == 110: Q.__add__ = lambda self, o: NotImplemented
        try: q += 1
        except TypeError as e: out.append(str(e)); Q.__add__ = lambda self, o: self
        if i == 120: Q.__add__ = lambda *a: 7
        if i == 130: q = Q(1); del Q.__add__; Q.__radd__ = lambda self, o: o
        if i == 131: out.append(5 + Q(1)); Q.__add__ = lambda s, o: s
    return out, q.v if isinstance(q, Q) else q
show("replaced", replaced(150))
def mixed_operands(n):
    s = V(0, 0)
    values = [V(1, 1), V(0.5, 2), V(True, 2**62)]
    for i in range(n):
        s = s + values[i % 3]
        if i == 100: values[1] = W(1, 1)
        if i == 120: s = W(0, 0)
    return s
class W(V):
    def __add__(self, o): return W(self.x - o.x, self.y - o.y)
    def __radd__(self, o): return V(1000, 1000)
show("mixed", mixed_operands(100), mixed_operands(110), mixed_operands(150))
class Matrix:
    def __init__(self, rows): self.rows = rows
    def __getitem__(self, k):
        i, j = k
        return self.rows[i][j]
    def __setitem__(self, k, v):
        i, j = k
        self.rows[i][j] = v
    def __delitem__(self, k): del self.rows[k]
    def __contains__(self, x): return any(x in r for r in self.rows)
    def __iter__(self): return iter(self.rows)
    def __call__(self, *a, **k): return (a, k)
def matrix(n):
    m, s = Matrix([[1, 2], [3, 4]]), 0
    for i in range(n):
        m[i % 2, 1] += 1
        s += m[1, i % 2] + (5 in m)
        if i == 100: m[0, 0] = 0.5
        if i == 120: m.rows.append([9, 9]); del m[0]
        for r in m: s += r[0]
    return s, m(1, a=2), m.rows
show("matrix", matrix(150))
def unary(n):
    class U:
        def __neg__(self): return 1
        def __pos__(self): return 2
        def __invert__(self): return 3
        def __abs__(self): return 4
        def __round__(self, *a): return a
        def __index__(self): return 6
        def __int__(self): return 7
        def __float__(self): return 0.5
        def __complex__(self): return 1j
    u, s = 5, 0
    for i in range(n):
        if i == 100: u = U()
        s += -u + +u + ~u + abs(u) + int(u) + float(u) + hex(u).count("x")
    return s, round(u, 2), complex(u), [0] * u, u.__index__()
show("unary", unary(120))
def chained(n):
    class K:
        def __init__(self, v): self.v = v
        def __lt__(self, o): calls.append(self.v); return self.v < (o.v if isinstance(o, K) else o)
        def __gt__(self, o): calls.append(-self.v); return self.v > (o.v if isinstance(o, K) else o)
    calls, c = [], 0
    k = K(60)
    for i in range(n):
        c += 10 < k < i
        c += i < k < 100
        c += K(i) < k > 5
    return c, len(calls), sum(calls)
show("chained", chained(120))
def contains_and_compare(n):
    class E:
        def __init__(self, v): self.v = v
        def __eq__(self, o): return self.v == o
        def __hash__(self): return hash(self.v)
    e, c = E(5), 0
    xs, d, t = [1, e, 7], {e: 1, 2: 3}, {e}
    for i in range(n):
        c += (5 in xs) + (i in xs) + (5 in d) + (i in t) + (e in [5]) + (xs == [1, 5, 7]) + (d == {5: 1, 2: 3}) + ((1, e) < (1, 6) if i < 0 else 0)
        if i == 100: e.v = 8
    return c
show("contains", contains_and_compare(150))
def result_kinds(n):
    class Z:
        def __init__(self, n): self.n = n
        def __add__(self, o): return self.n + o if self.n < 100 else self.n * 0.5 if self.n < 120 else str(self.n)
        def __bool__(self): return self.n % 2 == 0
        def __len__(self): return 100
        def __hash__(self): return 2**70 % (self.n + 1)
    s, b = 0, 0
    for i in range(n):
        r = Z(i) + 1
        s += len(r) if type(r) is str else r
        b += bool(Z(i)) + (1 if Z(i) else 0) + (not Z(i))
        hash(Z(i))
    return s, b
show("results", result_kinds(150))
def wrong_results(n):
    class X:
        def __bool__(self): return 1
        def __len__(self): return -1
        def __index__(self): return "a"
        def __str__(self): return 5
        def __hash__(self): return 1.5
        def __iter__(self): return 5
        def __contains__(self, o): return "yes"
        def __float__(self): return 1
    x, out = X(), {}
    for i in range(n):
        for f in (bool, len, str, hash, iter, float, [1, 2].__getitem__, lambda v: 3 in v, lambda v: "t" if v else "f", lambda v: [0][v], repr):
            try: r = f(x)
            except Exception as e: r = type(e).__name__ + str(e)
            else: r = r if isinstance(r, (bool, int)) else type(r).__name__
            out[r] = out.get(r, 0) + 1
    return out
show(*wrong_results(100).items())
p = V(0, 0)
for i in range(150):
    p += V(i, 0.5)
    if i == 100: V.__iadd__ = lambda self, o: self
    if i == 120: p = W(1, 1); del V.__iadd__
show("top", p)
