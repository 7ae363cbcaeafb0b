# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Calls of what another module of the program has: when it is looked up, what a traceback says, what else the name may be.
import sys
sys.dont_write_bytecode = True
import os
import traceback
from Inputs import vectors


def said(f, *args):
    try:
        return f(*args)
    except Exception:
        return traceback.format_exc().replace(os.path.dirname(os.path.abspath(__file__)), "").split("\n")[4:]


def plain(i):
    return vectors.half(i) + vectors.clamped(i, high=3)


def nested(i, g):
    return vectors.half(g(i)) + vectors.clamped(g(i), high=g(2 if i else 3))


def raising(i):
    return 1 + vectors.fails(
        i)


def made(x):
    v = vectors.Vec(x, y=2.0)
    return v.dot(v), vectors.Vec.zero().norm, isinstance(v, vectors.Vec)


def changes(i):
    saved = vectors.half
    vectors.half = lambda x: -x
    try:
        return i
    finally:
        vectors.half = saved


for i in (1, 5, 2.5):
    print(plain(i), nested(i, abs), nested(i, changes))
print(*said(raising, 3), sep="\n")
print(made(1.5), made(2))

kept = vectors.half
del vectors.half
print(*said(plain, 1), sep="\n")
print(*said(nested, 1, print), sep="\n")
vectors.half = kept
vectors.half = 3
print(*said(plain, 1), sep="\n")
vectors.half = kept


class Other:
    def half(self, x):
        return "method", self is vectors, x

    @staticmethod
    def clamped(x, high):
        return ("static", high, x)

    Vec = vectors.Vec


module, vectors = vectors, Other()
print(plain(3), nested(3, abs), made(1.0))
vectors = Other
print(*said(plain, 3), sep="\n")
vectors = module
print(plain(3), nested(3, abs))
print([vectors.half(n) for n in range(3)])
