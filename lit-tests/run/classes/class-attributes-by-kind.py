# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What classes give of themselves by sites that meet the same and other classes: functions and slots' methods as they are, others bound.


class Base:
    word = 'word'

    def method(self):
        return 'method'

    @classmethod
    def ofClass(cls):
        return cls.__name__

    @staticmethod
    def static():
        return 'static'

    @property
    def prop(self):
        return 'prop'


class Sub(Base):
    def __repr__(self):
        return 'Sub()'


class Meta(type):
    @property
    def word(cls):
        return 'of the metaclass'

    def __getattr__(cls, name):
        return 'asked for ' + name


class Made(metaclass=Meta):
    word = 'hidden'


def reprOf(cls):
    return getattr(cls, '__repr__', None)


def kinds(cls):
    return [cls.__repr__ is reprOf(cls), hasattr(cls, '__repr__'), type(cls.__init__).__name__, type(cls.__str__).__name__]


for _ in range(3):
    for cls in int, str, list, dict, Base, Sub, type, Made, object, bool:
        print(cls.__name__, kinds(cls), reprOf(cls) is int.__repr__, reprOf(cls) is object.__repr__, type(reprOf(cls)).__name__)
for _ in range(3):
    for cls in Base, Sub:
        print(cls.method is Base.__dict__['method'], cls.method(None), cls.ofClass(), cls.static(), type(cls.prop).__name__, cls.word,
              type(cls.__dict__.get('__dict__')).__name__)
    print(Made.word, Made.method, list.append is list.__dict__['append'], str.join('-', 'ab'), dict.fromkeys('a'), int.real.__get__(3))


class Descriptor:
    def __get__(self, o, cls):
        return 'got of ' + cls.__name__


def method(cls):
    return cls.method


for change in range(4):
    print([method(cls)(None) if callable(method(cls)) else method(cls) for cls in (Base, Sub)], hasattr(Sub, 'method'))
    if change == 0:
        Base.method = Descriptor()
    elif change == 1:
        Sub.method = lambda self: 'own'
    elif change == 2:
        Descriptor.__get__ = lambda self, o, cls: 'changed ' + cls.__name__
Descriptor.__get__ = None
del Descriptor.__get__
print(type(method(Base)).__name__, method(Sub)(None))
