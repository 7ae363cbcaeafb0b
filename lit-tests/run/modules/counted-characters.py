# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Counter of a text: the order in which characters come first, texts beyond Latin-1, what there was before, and classes
# that have a say in it.
from collections import Counter, OrderedDict, _count_elements


class Loud(Counter):
    def __setitem__(self, key, value):
        print('set', key, value)
        super().__setitem__(key, value)


class Asking(Counter):
    def get(self, key, default=None):
        return super().get(key, default) + 10


class Kept(Counter):
    def __missing__(self, key):
        return 'missing ' + key


class Text(str):
    def __iter__(self):
        return iter(['ab', 'c', 'ab'])


for text in ('', 'a', 'mississippi', 'h\xe9h\xe9 \xff\x00\x00', 'na\u0101n\u0101', '\U0001f40d snake \U0001f40d', 'x' * 1000 + 'y' * 300):
    c = Counter(text)
    print(len(c), list(c.items()), c.total(), c.most_common(1))
c = Counter('banana')
c.update('bandana')
print(list(c.items()))
c.clear()
c.update('nab')
print(list(c.items()), c['z'])
c.subtract('bbc')
print(list(c.items()))
for kind in (Loud, Asking, Kept):
    c = kind('abba')
    print(kind.__name__, list(c.items()))
print(Kept('a')['b'], Counter(Text('zzz')))
for mapping in ({}, OrderedDict(), {'b': 2.5}, {0: 'zero'}):
    _count_elements(mapping, 'cab')
    print(mapping)
try:
    _count_elements({'a': 'one'}, 'a')
except TypeError as e:
    print(e)
try:
    _count_elements({}, 3)
except TypeError as e:
    print(e)
