# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# loops over sequences that change while they run
def over(L, n, f):
    out = []; k = 0
    for x in L:
        out.append(x); f(L, k); k += 1
        if k > n: break
    return out, L
def app(L, k): L.append(k * 0.5)
def pop(L, k):
    if L: L.pop()
def pop0(L, k):
    if L: L.pop(0)
def clear(L, k):
    if k == 1: L.clear()
def repl(L, k): L[:] = [k] * 3
def kind(L, k): L[(k + 1) % len(L)] = 'abc'[k % 3]
def rev(L, k): L.reverse()
def ins(L, k): L.insert(0, -k)
for f in (app, pop, pop0, clear, repl, kind, rev, ins):
    print(f.__name__, over([1, 2, 3, 4], 8, f), over([0.5, 1.5, 2.5], 8, f))
def enum(L, M, n, f):
    out = []; k = 0
    for i, x in enumerate(L):
        out.append((i, x)); f(L, k); k += 1
        if k > n: break
    for a, b in zip(L, M):
        out.append((a, b)); f(M, k); k += 1
        if k > 2 * n: break
    for i, (a, b) in enumerate(zip(L, M)):
        out.append((i, a, b)); f(L, k); k += 1
        if k > 3 * n: break
    for i, x in enumerate(L, 2**62 - 2):
        out.append((i, x)); k += 1
        if k > 4 * n: break
    return out
for f in (app, pop, pop0, clear, repl, kind, rev, ins):
    try: print(f.__name__, enum([1, 2, 3, 4], [0.5, 1, 2, 3, 4], 5, f))
    except Exception as e: print(repr(e))
def pairs(ps):
    s = 0; out = []
    for a, b in ps:
        s += a * b
        out.append(s)
    return out
for ps in ([(1, 2), (3, 4)], [(1, 0.5), (2**62, 2), (0.5, True)], [[1, 2], (3, 4)], ['ab'], [(1, 2), (1, 2, 3)], [(1,)], [5], [(1, 2), None], [(1, 'a'), (2, 'b')], [{1: 2, 3: 4}], [(1, 2), iter((3, 4))], ((1, 2), (3, 4)), {(1, 2): 0}, iter([(1, 2)])):
    try: print(pairs(ps))
    except Exception as e: print(type(e).__name__, e)
def dictloop(d, k):
    out = []
    for i in d:
        out.append(i)
        if i == k: d['new'] = 1
    return out
for k in (1, 3, 9):
    try: print(dictloop({1: 1, 2: 2, 3: 3}, k))
    except RuntimeError as e: print(e)
def setloop(s, k):
    for i in s:
        if i == k: s.add(99)
try: setloop({1, 2, 3}, 2)
except RuntimeError as e: print(e)
def itemsloop(d, k):
    out = []
    for a, b in d.items():
        out.append((a, b)); 
        if a == k: del d[a]
    return out
for k in (1, 3, 9):
    try: print(itemsloop({1: 0.5, 2: 2, 3: 3}, k))
    except RuntimeError as e: print(e)
def strings(s):
    n = 0; out = []
    for c in s:
        n += ord(c); out.append(c + 'x')
    for i in range(len(s)): out.append(s[i] * 2); out.append(s[-i])
    return n, out
print(strings('aé\u4e2d\U0001f600'))
def revl(L):
    out = []
    for x in reversed(L):
        out.append(x)
        if x == 2: L.append(9)
        if x == 1 and len(L) > 3: L.clear()
    return out
print(revl([1, 2, 3]), revl([0.5, 1, 2]))
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        self.n -= 1
        if self.n < 0: raise StopIteration
        if self.n == 3: It.__next__ = lambda s: (_ for _ in ()).throw(StopIteration) if s.n == -1 else setattr(s, 'n', -1) or 'last'
        return self.n
def its(it):
    out = []
    for x in it: out.append(x)
    return out
try: print(its(It(2)), its(It(6)))
except Exception as e: print(repr(e))
