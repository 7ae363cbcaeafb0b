# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Sites that ask classes of several metaclasses for what the metaclass has, or the class.


class Meta(type):
    pass


class Other(Meta):
    pass


class A:
    kind = 'a'


class B(metaclass=Meta):
    kind = 'b'


class C(metaclass=Other):
    kind = 'c'


class D(C):
    pass


def names(classes):
    return [(c.__name__, c.__qualname__, len(c.__mro__)) for c in classes]


def kinds(classes):
    return [c.kind for c in classes]


def optional(classes):
    return [getattr(c, 'kind', None) for c in classes]


def again(classes):
    return [c.kind for c in classes], [getattr(c, 'kind', '-') for c in classes], [hasattr(c, 'kind') for c in classes]


classes = [A, B, C, D, int, A, B, C, D, str] * 8
own = [A, B, C, D] * 12
for _ in range(3):
    print(len(set(names(classes))), sorted(set(names(classes))))
    print(sorted(set(kinds(own))), sorted(set(optional(own))), optional(classes)[:5])

# A metaclass that says something else, and changes its mind.
class Labelled(Meta):
    __name__ = property(lambda cls: 'a ' + cls.__qualname__)
    label = property(lambda cls: 'label of ' + cls.__name__)


class E(metaclass=Labelled):
    kind = 'e'


def labels(classes):
    return [c.label for c in classes]


Meta.label = property(lambda cls: 'plain ' + cls.__name__)
print(sorted(set(names(own + [E] * 9 + own))))
print(labels([B, C, E, D] * 9)[-4:])
Labelled.label = property(lambda cls: 'new')
print(labels([B, C, E, D]))
del Labelled.label
print(labels([B, C, E, D]))
Meta.label = 'a word'
print(labels([B, C, E, D]))

# The class does.
B.kind = 'new b'
print(again(own[:4]))
D.kind = 'd'
print(again(own[:4]))
del D.kind, C.kind
C.kind = staticmethod(len)
print([k if isinstance(k, str) else k('four') for k in kinds(own[:4])])
C.kind = property(lambda self: 'never')
print([k if isinstance(k, str) else type(k).__name__ for k in optional(own[:4])])
# A data descriptor of the metaclass goes before all of that.
Meta.kind = property(lambda cls: 'of the metaclass')
print(again(own[:4]))
del Meta.kind
Meta.kind = 'behind the class'
print([k if isinstance(k, str) else type(k).__name__ for k in optional(own[:4])])
del C.kind
print(again(own[:4]))
del Meta.kind
print(optional(own[:4]))


# Sites that others have told.
def first(c):
    return c.kind


def second(c):
    return c.kind, getattr(c, 'kind', None)


for _ in range(20):
    first(A), second(A)
A.kind = 'second a'
print(first(A), second(A))
for _ in range(20):
    first(A), second(A)
del A.kind
print(second.__name__, getattr(A, 'kind', None))
try:
    second(A)
except AttributeError as e:
    print(e)
