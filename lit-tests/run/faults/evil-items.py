# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# __eq__/__hash__/__getitem__/__del__ mutate what is iterated or indexed
log = []
class Evil:
    def __init__(self, L, k): self.L = L; self.k = k; self.c = 0
    def __eq__(self, o):
        self.c += 1
        if self.c == self.k: self.L.clear()
        return False
    __hash__ = None
def find(k):
    L = list(range(10)); e = Evil(L, k)
    L.insert(5, e)
    r = []
    try: r.append(L.index(99))
    except ValueError as x: r.append(str(x))
    try: r.append(99 in L)
    except ValueError as x: r.append(str(x))
    return r, len(L)
for k in (1, 2, 3): print(find(k))
class H:
    def __init__(self, n, d=None): self.n = n; self.d = d; self.hits = 0
    def __hash__(self): return 1
    def __eq__(self, o):
        self.hits += 1
        if self.d is not None and self.hits == 3: self.d.clear(); self.d['x'] = 1
        return self.n == getattr(o, 'n', o)
def dicts():
    d = {}
    for i in range(5): d[H(i, d)] = i
    try: print(d.get(H(9)))
    except Exception as e: print(repr(e))
    try: print(sorted(map(str, d.keys()))[:0], len(d))
    except Exception as e: print(repr(e))
dicts()
class Idx:
    def __init__(self, L, v): self.L = L; self.v = v
    def __index__(self): del self.L[2:]; return self.v
def idx():
    for v in (0, 1, 3, -1, -3):
        L = [10, 20, 30, 40, 50]
        try: print(L[Idx(L, v)])
        except IndexError as e: print(e)
        L = [10, 20, 30, 40, 50]
        try: L[Idx(L, v)] = 'set'; print(L)
        except IndexError as e: print(e)
        L = [10, 20, 30, 40, 50]
        try: del L[Idx(L, v)]; print(L)
        except IndexError as e: print(e)
        L = [10, 20, 30, 40, 50]
        print(L[Idx(L, 0):v])
        L = [10, 20, 30, 40, 50]
        L[Idx(L, 0):v] = 'abc'; print(L)
        import array
        a = array.array('d', [1, 2, 3, 4, 5])
        try: print(a[Idx(a, v)])
        except IndexError as e: print(e)
        a = array.array('d', [1, 2, 3, 4, 5])
        b = bytearray(b'abcde')
        try: b[Idx(b, v)] = 65; len(b)
        except IndexError as e: print(e)
idx()
class Fl:
    def __init__(self, a): self.a = a
    def __float__(self): self.a[0] = 3; return 2.5
    def __index__(self): self.a[0] = 4; return 25
def stores():
    import array
    for t in 'bBhHiIlLqQfd':
        for pos in (0, 1, 3, -1, -2):
            a = array.array(t, [1, 2, 3, 4])
            try: a[pos] = Fl(a); print(t, pos, a)
            except (IndexError, TypeError) as e: print(t, pos, type(e).__name__, e)
    b = bytearray(b'abcd')
    for pos in (0, 3, -1):
        b[:] = b'abcd'
        try: b[pos] = Fl(b); print(b)
        except IndexError as e: print(e)
stores()
class Del:
    def __init__(self, L): self.L = L
    def __del__(self): log.append(len(self.L)); self.L[:] = [1, 2]
def dels():
    L = [1, 2, 3, 4, 5, 6]
    L.append(Del(L))
    out = []
    for i, x in enumerate(L):
        out.append(type(x).__name__)
        if i == 1: L[6] = None
        if i > 20: break
    print(out, L, log)
    L = [Del(L) for _ in range(3)] if False else [0] * 5
    M = [0] * 5
    for i in range(5): M[i] = Del(L)
    for i in range(5): M[i] = i
    print(M, L, log)
dels()
