# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# When the items of enumerate, zip and items() die that nothing else holds any more: at the next step.
import weakref
class C:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n, end="; ")
class E(Exception): pass

def drain(items, make):
    for i, x in make(items):
        print(i if isinstance(i, int) else i.n, x.n if isinstance(x, C) else x, end=": ")
        items[0:1] = [None]
        for k in range(len(items)):
            if items[k] is x: items[k] = None
        x = None
        i = None
        print("gone?", end=" ")
    print("end")

def enumerated(items):
    for i, x in enumerate(items):
        items[i] = None
        print(i, end=" ")
        x = None
        print("body", end=" ")
    print("end")

def zipped(a, b):
    for x, y in zip(a, b):
        i = x.n
        a[i] = b[i] = None
        del x, y
        print("body", i, end=" ")
    print("end")

def three(a, b, c):
    for x, y, z in zip(a, b, c):
        i = x.n
        a[i] = b[i] = None
        del x, y
        print("body", i, z, end=" ")
    print("end")

def of_dict(d):
    for k, v in d.items():
        d[k] = None
        v = None
        print("body", k, end=" ")
    print("end")

def numbers_after_objects(items):
    t = 0
    for i, x in enumerate(items):
        if i == 0:
            items[0] = 0
            x = 0
        t += x
        print(i, t, end=" ")
    print("end")

def mixed(items):
    e = enumerate(items)
    for i, x in e:
        items[i] = None
        x = None
        print("body", i, end=" ")
        if i == 1:
            p = next(e)
            items[p[0]] = None
            print(p[0], p[1].n, end=" ")
            del p
        if i == 4: break
    print("broken", end=" ")
    del e
    print("end")

def raises(items):
    try:
        for i, x in enumerate(items):
            items[i] = None
            x = None
            if i == 1: raise E
    except E:
        print("caught", end=" ")
    print("end")

def cyclic():
    l = []
    e = enumerate(l)
    l.append(e)
    l.append(C("in a cycle"))
    for i, x in e: pass
    del l, e, x
    import gc
    gc.collect()
    print("collected")

for f in (enumerated, mixed, raises):
    f([C(n) for n in range(6)])
zipped([C(n) for n in range(4)], [C(n + 10) for n in range(4)])
three([C(n) for n in range(4)], [C(n + 10) for n in range(4)], [1, 2, 3, 4])
of_dict({n: C(n) for n in range(4)})
numbers_after_objects([C("first"), 1, 2, 3])
numbers_after_objects([1, 2, 3])
cyclic()
for way in enumerate, lambda l: zip(l, l):
    drain([C(n) for n in range(5)], way)
def strict():
    try:
        for a, b in zip([C(1), C(2)], [C(3)], strict=True): print("body", end=" ")
    except ValueError as e: print(e, end=" ")
    print("end")
strict()
print([(i, c.n) for i, c in enumerate([C(1), C(2)])], [p[1].n for p in enumerate([C(1), C(2)])], {k: v.n for k, v in zip("ab", [C(5), C(6)])})

# What dies at a step and asks for the next item itself finds the pair in use.
class Advances:
    def __init__(self, n): self.n = n
    def __del__(self):
        got = next(it, None) if it is not None else None
        print("del", self.n, got and [getattr(x, "n", x) for x in got], end="; ")

def advanced(make):
    global it
    items = [Advances(n) for n in range(7)]
    it = make(items)
    for i, x in it:
        print("body", getattr(i, "n", i), x.n, end=" ")
        for k in range(len(items)):
            if items[k] is x: items[k] = None
        i = x = None
    it = None
    print("end")
    items.clear()
    print()
for way in enumerate, lambda items: zip(range(20), items), lambda items: zip(items, list(items)):
    advanced(way)
