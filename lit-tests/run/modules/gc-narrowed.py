# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Little garbage beside much that lives: only what may be garbage is counted, and that is found, however it hangs together.
import gc, weakref
gc.disable()
class Node:
    def __init__(self, name): self.name, self.links = name, []
class Loud(Node):
    def __del__(self): print("del", self.name)
class Back(Node):
    def __del__(self): kept.append(self)
kept, live = [], []
def chain(n):
    nodes = [Node(i) for i in range(n)]
    for a, b in zip(nodes, nodes[1:]): a.links.append(b); b.links.append(a)
    return nodes
live.append(chain(500))
live.append({i: [i, {"x": [i]}] for i in range(300)})
gc.collect()
def ring(cls, n, more=()):
    nodes = [cls(i) for i in range(n)]
    for i, node in enumerate(nodes): node.links += [nodes[(i + 1) % n], *more]
    return nodes[0]
for generation in (0, 1, 2):
    ring(Node, 20)
    print(generation, gc.collect(generation))
# Garbage that refers to what lives, and was there first.
first = ring(Node, 3)
child = Node("child"); child.links.append(child); first.links.append(child)
live.append(child)
del first, child
gc.collect(0), gc.collect(1)
print(gc.collect(), live[-1].name, live[-1].links[0] is live[-1])
# Weak references into garbage and from it, finalizers, and what they bring back.
ref = weakref.ref(ring(Node, 4), lambda r: print("gone", r() is None))
print(gc.collect(), ref() is None)
ring(Loud, 3)
print(gc.collect() > 2)
ring(Back, 2)
print(gc.collect(), sorted(n.name for n in kept), kept[0].links[0] in kept)
kept.clear()
print(gc.collect() > 1, kept)
# Classes and functions that are garbage; a dict that was asked for.
def make():
    class C(Node):
        def f(self): return C
    c = C(1); c.me = c; vars(c)["d"] = [c]
    return weakref.ref(C)
ref = make()
gc.collect()
print(ref() is None)
def dictRing():
    a = Node("a"); a.d = a.__dict__
dictRing()
print(gc.collect() > 0, gc.garbage)
gc.set_debug(gc.DEBUG_SAVEALL)
ring(Node, 2)
print(gc.collect() > 0, sorted(type(o).__name__ for o in gc.garbage if isinstance(o, Node)))
gc.set_debug(0)
gc.garbage.clear()
gc.freeze()
ring(Node, 5)
print(gc.collect() > 4)
gc.unfreeze()
print(len(live[0]), live[0][499].links[0].name, gc.is_tracked(live[0][3]), gc.collect())
