# RUN: krait run -O2 %s | diff %s.out -
# An object that goes to the other side and comes back is the same.
import gc
import weakref
import numpy as np


class Thing:
    pass


t = Thing()
box = np.empty(3, dtype=object)
box[0] = t
box[1] = Thing
box[2] = len
print(box[0] is t, box[1] is Thing, box[2] is len, isinstance(box[0], Thing))
box[0].name = "x"
print(t.name)
r = weakref.ref(t)
del t
gc.collect()
print(r() is not None, r().name)
box[0] = None
gc.collect()
print(r())
a = np.arange(3)
b = a
print(a is b, a[:] is a, np.asarray(a) is a, np.array(a) is a, np.sin is np.sin, np.ndarray is type(a))
l = [a]
print(l[0] is a, l.index(a) if len(a) == 1 else l[0].tolist())
d = {np.ndarray: 1, np.float64: 2, "k": a}
print(d[type(a)], d[type(np.float64(1))], d["k"] is a)
w = weakref.ref(a)
print(w() is a)
del a, b, l, d
gc.collect()
print(w())
import numpy
import sys
print(numpy is np, sys.modules["numpy"] is np, np.__name__, type(np).__name__, isinstance(np, type(sys)))
print(np.dtype(int) is np.dtype(int), np.int64 is np.dtype(int).type, None is box[0])
f = lambda x: x
box[1] = f
print(box[1] is f, box[1](5), box.tolist()[1] is f)
