# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A store that goes to a descriptor's __set__ knows which after the first time, and notices what changes afterwards.
import sys
import traceback


class Field:
    def __init__(self, name):
        self.name = name

    def __get__(self, o, cls=None):
        return self if o is None else o.__dict__.get(self.name)

    def __set__(self, o, v):
        o.__dict__[self.name] = v * 2


class Model:
    size = Field('size')

    def fill(self, v):
        self.size = v


def report(what, m):
    print(what, m.__dict__, m.size if 'size' in dir(m) else None)


m = Model()
for v in (1, 2, 3):
    m.fill(v)
report('doubled', m)


class Derived(Model):
    pass


d = Derived()
for v in (4, 'x', 1.5):
    d.fill(v)
    m.fill(v)
report('derived', d)

# Another __set__ in the descriptor's class.
Field.__set__ = lambda self, o, v: o.__dict__.update(size=('new', v))
m.fill(5)
report('another function', m)
Field.__set__ = lambda self, o, v, extra=7: o.__dict__.update(size=(extra, v))
m.fill(6)
m.fill(7)
report('with a default', m)
Field.__set__ = lambda *args: args[1].__dict__.update(size=len(args))
m.fill(8)
m.fill(9)
report('of any number', m)


class Setter:
    def __call__(self, o, v):
        o.__dict__['size'] = ('called', v)


Field.__set__ = Setter()
m.fill(10)
m.fill(11)
report('no function', m)
Field.__set__ = staticmethod(lambda o, v: o.__dict__.update(size=('static', v)))
m.fill(12)
m.fill(13)
report('static', m)

# It is no data descriptor any more, and one again.
del Field.__set__
m.fill(14)
report('none', m)
Field.__set__ = lambda self, o, v: o.__dict__.update(size=('again', v))
m.fill(15)
report('again', m)
Field.__delete__ = lambda self, o: o.__dict__.clear()
del Field.__set__
try:
    m.fill(16)
except AttributeError as e:
    print('AttributeError', e)
del m.size
print(m.__dict__)
del Field.__delete__

# The class gets another descriptor, a plain value, a __setattr__.
Field.__set__ = lambda self, o, v: o.__dict__.update({self.name: v})
m.fill(17)
m.fill(18)
Model.size = Field('other')
m.fill(19)
print(m.__dict__, d.size)
Model.size = property(lambda self: 1, lambda self, v: print('property', v))
m.fill(20)
Model.size = 0
m.fill(21)
print(m.__dict__)
Model.size = Field('size')
m.fill(22)
Derived.__setattr__ = lambda self, name, v: print('setattr', name, v)
d.fill(23)
m.fill(24)
print(m.__dict__, d.__dict__)


# Errors come from where they are raised, and the descriptor lives while it runs.
class Once:
    def __set__(self, o, v):
        del type(o).slot
        if v < 0:
            raise ValueError('below zero')
        o.seen = v

    def __del__(self):
        print('dies')


class Holder:
    def put(self, v):
        self.slot = v


h = Holder()
for v in (1, 2, -3):
    Holder.slot = Once()
    try:
        h.put(v)
    except ValueError as e:
        print([(t.name, t.lineno, t.line) for t in traceback.extract_tb(e.__traceback__)], e)
    print(h.__dict__)


class Deep:
    def __set__(self, o, v):
        o.slot = v


class Bottomless:
    slot = Deep()


try:
    Bottomless().slot = 1
except RecursionError as e:
    print(e)

before = sys.getrefcount(m)
for i in range(100):
    m.fill(m)
m.fill(None)
print(sys.getrefcount(m) - before)
