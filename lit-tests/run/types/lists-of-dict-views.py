# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Lists made of dicts and of their views, whole and extended.
import sys


def show(*values):
    print(*values)


d = {i: str(i) for i in range(10)}
for view in (d, d.keys(), d.values(), d.items()):
    made = list(view)
    show(made, sys.getsizeof(made))
    made = [0]
    made.extend(view)
    show(made, sys.getsizeof(made))
    made += view
    show(len(made), sys.getsizeof(made), [*view] == list(view), sorted(view, key=str)[:2])

# After removals, empty ones, and split dicts.
del d[0], d[5]
show(list(d), list(d.items()), list({}), list({}.items()))


class Holder:
    pass


h = Holder()
h.a, h.b, h.c = 1, [2], "x"
del h.b
show(list(vars(h)), list(vars(h).items()), list(vars(h).values()))
h.b = 3
show(list(vars(h).items()))


# Subclasses iterate as they say.
class Backwards(dict):
    def __iter__(self):
        return iter(sorted(super().keys(), reverse=True))


b = Backwards(a=1, b=2)
show(list(b), list(b.items()), list(b.keys()))


class Tuples(dict):
    def items(self):
        return [("x", 1)]


show(list(Tuples(a=1).items()), list(dict.items(Tuples(a=1))))

# Extending a list with the view of a dict that holds it.
own = {}
own["l"] = l = [1]
l.extend(own.values())
show(len(l), l[1] is l)
l.clear()

# A list of all-int keys stays usable as one.
ints = list({3: 0, 1: 0, 2: 0})
ints.sort()
show(ints, ints + [1.5], sum(ints))
