# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Which generations gc.get_objects accepts: -1 stands for all of them. What collect() counts: the garbage, and references to it that die of
# their callbacks.
import gc
import weakref

probe = [[]]
for generation in (None, -1):
    print(generation, any(o is probe for o in gc.get_objects(generation)))
for generation in (-2, 3):
    try:
        gc.get_objects(generation)
    except ValueError as e:
        print(generation, e)


class Node:
    pass


def cycle(watch=None):
    a, b = Node(), Node()
    a.other, b.other = b, a
    return watch and watch(a)


gc.collect()
gc.disable()
print(cycle(), gc.collect())
kept = cycle(lambda a: weakref.ref(a, lambda r: print("callback")))
print(gc.collect())
finalizer = cycle(lambda a: weakref.finalize(a, print, "finalized"))
print(gc.collect(), finalizer.alive)
names = weakref.WeakValueDictionary()
cycle(lambda a: names.setdefault("a", a))
print(len(names), gc.collect(), len(names))
