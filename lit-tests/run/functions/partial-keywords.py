# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# partial() with keywords: given before, by the call, by both; changed, wrong, cleared by what is called.
from functools import partial
def f(*a, **k): return a, k
p = partial(f, 1, x=2)
print(p(), p(3), p(3, y=4), p(x=5), p(*range(9)))
p.keywords['z'] = 1
print(p(7))
p.keywords[3] = 1
try: print(p(7))
except TypeError as e: print(e)
del p.keywords[3]
print(p(7))
print(partial(dict, a=1)(), partial(int, base=2)('101'), partial(print, end='!\n')('a', 'b'))
print(partial(partial(f, b=1), c=2)(5))
def clear(*a, **k):
    q.keywords.clear(); return a, k
q = partial(clear, [1], v=[2])
print(q([3]), q([4]))
try: partial(f, 1).nope
except AttributeError as e: print(e)
def g(a, b): return a, b
try: partial(g, 1, a=2)(3)
except TypeError as e: print(e)
try: partial(g, c=2)(3)
except TypeError as e: print(e)
print(partial(g, b=2)(3))
