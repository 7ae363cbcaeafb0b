# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# operator.attrgetter: names with and without dots, and what is no plain name.
import pickle
from operator import attrgetter


class Node:
    def __init__(self, name, inner=None):
        self.name = name
        self.inner = inner

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return f'<{name}>'


class Name(str):
    def split(self, sep=None, maxsplit=-1):
        return ['never']


n = Node('outer', Node('middle', Node('leaf')))
for paths in (['name'], ['inner.name'], ['inner.inner.name', 'name'], ['na' + 'me', 'x' * 3], ['.'], ['a.'], ['.name'], [''],
              ['n\xe4me'], ['n\u0101me.x'], [Name('name')], ['real', 'imag']):
    g = attrgetter(*paths)
    try:
        print(repr(g), g(n))
    except AttributeError as e:
        print(repr(g), e)
print(sorted([Node('b'), Node('a'), Node('c')], key=attrgetter('name'))[0].name, attrgetter('real')(3), attrgetter('name', 'name')(n))
again = pickle.loads(pickle.dumps(attrgetter('inner.name', 'name')))
print(again, again(n))
for wrong in ((), (1,), ('a', None), (b'a',)):
    try:
        attrgetter(*wrong)
    except TypeError as e:
        print(e)
try:
    attrgetter('missing')(object())
except AttributeError as e:
    print(e, e.name, type(e.obj))
