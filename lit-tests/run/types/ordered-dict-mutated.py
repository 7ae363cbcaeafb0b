# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# An iterator of an OrderedDict tells whatever changed its keys or their order, and is over then.
from collections import OrderedDict

CHANGES = {
    'pop': lambda o: o.pop('c', 0), 'set': lambda o: o.__setitem__('z', 1), 'same': lambda o: o.__setitem__('a', 9),
    'del': lambda o: o.__delitem__('a'), 'move': lambda o: o.move_to_end('a'),
    'update': lambda o: o.update(q=1), 'popitem': lambda o: o.popitem(), 'setdefault': lambda o: o.setdefault('y', 1),
    'or': lambda o: o.__ior__({'r': 1}), 'again': lambda o: (o.pop('a', 0), o.__setitem__('a', 1)),
}
for name, change in CHANGES.items():
    for parts in iter, OrderedDict.values, OrderedDict.items, reversed:
        o = OrderedDict(a=1, b=2, c=3)
        it = iter(parts(o))
        next(it)
        change(o)
        try:
            for _ in it: pass
            print(name, 'unseen')
        except RuntimeError as e: print(name, e, list(it))
