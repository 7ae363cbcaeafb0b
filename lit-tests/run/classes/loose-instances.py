# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Instances that hold no containers are in no list of the collector: nobody sees it, and cycles through them are found.
import copy
import gc
import pickle
import weakref

gc.collect()
died = []


class Plain:
    def __init__(self, x):
        self.x = x
        self.y = "text"


class Slotted:
    __slots__ = ("x", "y", "__weakref__")

    def __init__(self, x):
        self.x = x
        self.y = 0.5


class Derived(Slotted):
    __slots__ = ("z",)


class Mixed(Slotted):
    pass


class Mortal(Plain):
    def __del__(self):
        died.append("Mortal")


KINDS = (Plain, Slotted, Derived, Mixed, Mortal)


def cycle_by_statement(cls):
    o = cls(1)
    o.x = o
    return o


def cycle_by_setattr(cls):
    o = cls(1)
    setattr(o, "y", [o])
    return o


def cycle_by_descriptor(cls):
    o = cls(1)
    if cls is Plain or cls is Mortal:
        object.__setattr__(o, "x", {1: o})
    else:
        Slotted.x.__set__(o, {1: o})
    return o


def cycle_by_dict(cls):
    o = cls(1)
    if hasattr(o, "__dict__"):
        o.__dict__["other"] = o
    else:
        o.x = (o,)
    return o


def cycle_by_new_dict(cls):
    o = cls(1)
    if hasattr(o, "__dict__"):
        o.__dict__ = {"me": o}
    else:
        o.y = o
    return o


def cycle_by_update(cls):
    o = cls(1)
    if hasattr(o, "__dict__"):
        vars(o).update(me=o)
    else:
        o.y = o
    return o


def cycle_by_method(cls):
    o = cls(1)
    o.x = o.__init__
    return o


def cycle_of_two(cls):
    o, p = cls(1), cls(2)
    o.x, p.x = p, o
    return o


def cycle_by_state(cls):
    o = copy.copy(cls(1))
    o.x = lambda: o
    return o


def cycle_late(cls):
    o = cls(1)
    for generation in range(3):
        gc.collect(generation)
    o.x = 2
    o.x = o
    return o


for make in (cycle_by_statement, cycle_by_setattr, cycle_by_descriptor, cycle_by_dict, cycle_by_new_dict, cycle_by_update,
             cycle_by_method, cycle_of_two, cycle_by_state, cycle_late):
    row = []
    for cls in KINDS:
        r = weakref.ref(make(cls))
        row.append(r() is not None)
        gc.collect()
        row.append(r() is None)
    print(make.__name__, row, len(died))
    died.clear()

# Leaves of garbage are garbage.
leaf = Plain(5)
box = [Plain(1), Slotted(2), Mixed(3), leaf]
box.append(box)
refs = [weakref.ref(o, lambda r: died.append("leaf")) for o in box[:4]]
del box
print(gc.collect(), [r() is None for r in refs], died)
died.clear()
del refs, leaf


def make_garbage(n):
    holder = []
    for i in range(n):
        holder.append(Plain(i))
    holder.append(holder)


make_garbage(100)
print(gc.collect())
make_garbage(10)
print(gc.collect(0), gc.collect(1), gc.collect())
make_garbage(10)
gc.disable()
print(gc.collect(1), gc.collect())
gc.enable()

# A class that only its instances hold, which it holds.
def local_class():
    class Local:
        def __init__(self):
            self.n = 1
    Local.instance = Local()
    return weakref.ref(Local), weakref.ref(Local.instance)


refs = local_class()
print([r() is None for r in refs])
gc.collect()
print([r() is None for r in refs])


def kept_instance():
    class Kept:
        def __init__(self):
            self.n = 7
    Kept.others = [Kept() for _ in range(5)]
    return Kept()


o = kept_instance()
gc.collect()
print(type(o).__name__, o.n, [p.n for p in o.others])
r = weakref.ref(type(o))
del o
gc.collect()
print(r())

# What people ask.
gc.get_objects()
gc.collect()
a, b, c = Plain("mark"), Slotted("mark"), Mixed("mark")
print([gc.is_tracked(o) for o in (a, b, c)])
for o in a, b, c:
    print([sum(o is p for p in gc.get_objects(generation=g)) for g in (None, 0, 1, 2)], end=" ")
    gc.collect(0)
    print([sum(o is p for p in gc.get_objects(generation=g)) for g in (None, 0, 1, 2)], end=" ")
    gc.collect(1)
    print([sum(o is p for p in gc.get_objects(generation=g)) for g in (None, 0, 1, 2)])
mark = "some text " + str(len(died))
a.x = b.x = c.x = mark
print(len([o for o in gc.get_referrers(mark) if type(o) in KINDS]))
print([type(v).__name__ for v in gc.get_referents(b)])
gc.freeze()
d = Plain(1)
print(sum(a is p for p in gc.get_objects()), sum(d is p for p in gc.get_objects()), gc.get_freeze_count() > 3)
gc.unfreeze()
print(sum(a is p for p in gc.get_objects()), sum(d is p for p in gc.get_objects()), gc.get_freeze_count())

# None is listed that died, or was changed into something else.
many = [Plain(i) for i in range(1000)] + [Slotted(i) for i in range(1000)]
ids = {id(o) for o in many}
print(len([o for o in gc.get_objects() if type(o) in (Plain, Slotted) and id(o) in ids]))
del many[::2]
texts = [[i] * 11 for i in range(500)]
print(len([o for o in gc.get_objects() if type(o) in (Plain, Slotted) and id(o) in ids]))
del many, texts, a, b, c, d
print(len([o for o in gc.get_objects() if type(o) in (Plain, Slotted)]))


class Other:
    pass


o = Plain(3)
o.__class__ = Other
print(type(o).__name__, vars(o), [type(p).__name__ for p in gc.get_objects() if p is o])
o.me = o
r = weakref.ref(o)
del o
gc.collect()
print(r())

# Deep structures end without deep recursion.
class Node:
    __slots__ = ("next", "value")


first = None
for i in range(200000):
    n = Node()
    n.next = first
    n.value = i
    first = n
del n
first = None
chain = None
for i in range(200000):
    o = Plain(i)
    o.x = chain
    chain = o
chain = o = None
print(len([o for o in gc.get_objects() if type(o) in (Plain, Node)]))

# Resurrected.
class Phoenix:
    def __init__(self):
        self.n = 1

    def __del__(self):
        died.append(self)


p = Phoenix()
del p
print(len(died), died[0].n, sum(died[0] is o for o in gc.get_objects()))
died[0].me = died[0]
r = weakref.ref(died.pop())
gc.collect()
print(r(), died)
died.clear()

state = pickle.loads(pickle.dumps(Plain([1, 2])))
state.x.append(state)
r = weakref.ref(state)
del state
gc.collect()
print(r())

# Exchange of attributes between many, some in cycles, some not.
nodes = [Plain(i) for i in range(3000)]
for i, n in enumerate(nodes):
    if i % 3 == 0:
        n.x = nodes[i - 1]
    elif i % 3 == 1:
        n.x = nodes[(i * 7) % 3000]
refs = [weakref.ref(n) for n in nodes]
kept = nodes[::500]
del nodes, n
gc.collect()
alive = [r for r in refs if r() is not None]
seen, work = set(), list(kept)
while work:
    n = work.pop()
    if id(n) in seen:
        continue
    seen.add(id(n))
    if isinstance(n.x, Plain):
        work.append(n.x)
print(len(alive) == len(seen), len(alive))

callbacks = []
gc.callbacks.append(lambda phase, info: callbacks.append((phase, info["generation"])))
gc.collect(0)
gc.collect()
gc.callbacks.clear()
print(callbacks)
gc.set_threshold(100, 3, 2)
before = [s["collections"] for s in gc.get_stats()]
keep = [Plain(i) for i in range(2000)]
after = [s["collections"] for s in gc.get_stats()]
print([b - a for a, b in zip(before, after)])
