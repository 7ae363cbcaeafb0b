# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Random graphs of containers of many kinds, collected all the time: what is alive afterwards, weak references know.
import gc, random, weakref
class Node:
    def __init__(self, n): self.n = n; self.a = None; self.b = None
class Slot:
    __slots__ = ("n", "a", "b", "__weakref__")
    def __init__(self, n): self.n = n; self.a = self.b = None
class L(list): pass
class D(dict): pass
def gen(x):
    yield x
    yield x
def run(seed):
    r = random.Random(seed)
    gc.set_threshold(r.choice([5, 20, 100]), r.choice([1, 3]), r.choice([1, 2]))
    live, refs, out = [], [], []
    for step in range(1500):
        k = r.randrange(12)
        pick = (lambda: r.choice(live)) if live else (lambda: None)
        if k == 0: o = Node(step); o.a = pick(); o.b = pick()
        elif k == 1: o = Slot(step); o.a = pick(); o.b = pick()
        elif k == 2: o = L([pick(), pick()])
        elif k == 3: o = D(a=pick(), b=(pick(), [pick()]))
        elif k == 4: # bottom up
            parts = [Node(i) for i in range(r.randrange(4))]
            o = Node(step); o.a = parts; o.b = {"x": parts[:1]}
            if r.random() < .5 and parts: parts[0].a = o
        elif k == 5: # held by what comes later
            inner = [pick()]
            o = L([inner, (inner, {"k": inner})])
            if r.random() < .3: inner.append(o)
        elif k == 6:
            o = Node(step); o.a = gen([pick(), o] if r.random() < .5 else pick()); next(o.a)
        elif k == 7:
            x = pick()
            o = Node(step); o.a = (lambda: (x, o)) if r.random() < .3 else (lambda: x)
        elif k == 8 and live:
            a, b = pick(), pick()
            if isinstance(a, (Node, Slot)): a.a = b
            elif isinstance(a, list): a.append(b)
            else: a["z"] = b
            continue
        elif k == 9 and live:
            for _ in range(r.randrange(6)):
                if live: live.pop(r.randrange(len(live)))
            continue
        elif k == 10:
            C = type("C%d" % step, (Node,), {"z": pick()}); o = C(step); o.a = pick()
        else:
            if r.random() < .1:
                gc.collect(r.randrange(3))
            continue
        live.append(o)
        refs.append(weakref.ref(o))
        o = x = inner = parts = C = a = b = None
    gc.collect(); gc.collect()
    out = "".join("01"[w() is not None] for w in refs)
    print(seed, len(refs), hash(int(out, 2)) & 0xffffffff, len(live))
for seed in range(6): run(seed)

# More containers built bottom up than one walk keeps count of, then some that are garbage.
gc.set_threshold(700, 10, 10)
built = [[[i], {"i": (i, [])}] for i in range(50000)]
print(len(gc.get_objects()) > 150000, gc.collect())
for i in range(0, 50000, 1000):
    built[i].append(built[i])
built = built[1:]
print(gc.collect(), len(built))
