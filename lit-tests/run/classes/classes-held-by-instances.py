# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Classes that only their own instances hold, which hold them in turn: several at once, of several sizes, some with what must stay.
import gc
import weakref


def family(fields, kept):
    """A class whose attributes are instances of it, with so many fields each; `kept` gets one of its instances."""
    class Member:
        def __init__(self, n):
            for i in range(fields):
                setattr(self, "f%d" % i, n)

    class Slotted:
        __slots__ = ("a", "b", "c")[:fields % 4] + ("__weakref__",)

    Member.all = tuple(Member(n) for n in range(fields + 2))
    Slotted.first, Slotted.other = Slotted(), Member.all[0]
    if kept is not None:
        kept.append(Member.all[-1])
    return weakref.ref(Member), weakref.ref(Slotted), weakref.ref(Member.all[1])


gc.disable()
for rounds in range(3):
    kept = []
    refs = [family(fields, kept if fields % 3 == 0 else None) for fields in (0, 1, 2, 3, 5, 8, 13, 30, 58, 60, 70)]
    print([[r() is not None for r in group] for group in refs] == [[True] * 3] * len(refs))
    gc.collect()
    print([[r() is not None for r in group] for group in refs])
    print(len(kept), [type(k).all[-1] is k for k in kept])
    kept.clear()
    gc.collect()
    print(any(r() is not None for group in refs for r in group))

# Many collections, small and large, with garbage between what stays.
log = []


class Noted:
    def __init__(self, n):
        self.me, self.n = self, n

    def __del__(self):
        log.append(self.n)


for size in (1, 100, 20000, 70000, 100, 1):
    stay = [[i] for i in range(size)]
    for n in range(3):
        Noted(n)
    gc.collect()
    print(size, len(stay), log, gc.collect(0), gc.collect(1))
    log.clear()
