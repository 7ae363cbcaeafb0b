# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
#
# Raw numbers as keys and values of own classes: where the method is called after all, their words are made and die.

class G:
    def __init__(self, rows):
        self.rows = rows
    def __getitem__(self, key):
        return self.rows[key]
    def __setitem__(self, key, v):
        self.rows[key] = v
def f(a, n):
    x = 0.5
    for i in range(n):
        x = x * 1.5
        a[i] = x
        a[i] = x + 1.0
        a[i] = i
def k(a, x):
    s = 0.0
    for i in range(3):
        s += a[x * 2.0]
        s += a[x]
    return s
g = G([None] * 5)
f(g, 5); print(g.rows)
d = G({})
f(d, 5); print(d.rows)
print(k(G({1.0: 2.5, 0.5: 1.5}), 0.5))
nan = G({})
def fn(a, n):
    x = float("inf")
    for i in range(n):
        x = x - x
        a[i] = x
    return a[0] is a[0], a.rows
print(fn(G([0] * 4), 4))
print(fn(G({}), 4))
