# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# super(C, self).m() of names, done in place where the class of the object is known to have that function behind C. Each of its grounds breaks
# while the program runs: what `super` and C mean, which class the object has, what stands in the order of its classes, and what the method does.
import builtins


class Base(object):
    def __init__(self, x):
        self.x = x

    def method(self, n=2):
        return self.x + n


class Middle(Base):
    def __init__(self, x):
        super(Middle, self).__init__(x)
        self.z = 3

    def method(self, n):
        return super(Middle, self).method(n) + 1


class Leaf(Middle):
    def __init__(self, x):
        super(Leaf, self).__init__(x)
        self.leaf = 4

    def method(self, n):
        return super(Leaf, self).method(n) * 2


class Between(Base):
    def __init__(self, x):
        super(Between, self).__init__(x)
        self.between = 1

    def method(self, n):
        return 100 + super(Between, self).method(n)


class Both(Middle, Between):
    def __init__(self, x):
        super(Both, self).__init__(x)
        self.both = 2

    def method(self, n):
        return super(Both, self).method(n) + 10


class Other:
    def __init__(self, x):
        self.x = x

    def method(self, n):
        return super(Middle, self).method(n)


def work(objects, times):
    total = 0
    for n in range(times):
        for o in objects:
            total += o.method(n)
    return total


def make(times):
    total = 0
    for n in range(times):
        o = Leaf(n)
        total += o.x + o.z + o.leaf
    return total


def kept(times, out):
    for n in range(times):
        out[0] = Leaf(n)
    return vars(out[0])


def show(what):
    try:
        print(what, work([Leaf(5), Middle(6)], 4), work([Both(1), Leaf(2), Between(3)], 3), make(4), kept(3, [0]))
    except Exception as e:
        print(what, type(e).__name__, e)


show("as written")

Base.method = lambda self, n=5: self.x * 100 + n
show("another method behind it")
Base.method = Other.method
show("which asks for what is there itself")
del Base.method
show("none")
Base.method = lambda self, n=2: self.x + n

before = Middle
Middle = Leaf
show("the name means a class below")
Middle = Base
show("the name means a class above")
Middle = Other
show("the name means a class that has no part in it")
Middle = None
show("the name means no class")
Middle = before

class Stranger(Base):
    def method(self, n):
        return -1000

Middle.__bases__ = (Stranger,)
show("another class between")
Middle.__bases__ = (Base,)
show("as it was")


def own(cls, self):
    return builtins.super(cls, self)


super = own
show("super is a function of the module")
del super
show("and is not any more")

# The object has no say in what its class has behind another, but its class has.
o = Leaf(7)
o.method = lambda n: -5
print(work([o], 3))
print(Middle.method(o, 1), Leaf.method(Both(3), 1) if isinstance(Both(3), Leaf) else None)
try:
    print(Middle.method(Other(1), 2))
except TypeError as e:
    print("TypeError", e)
o.__class__ = Middle
del o.method
print(work([o], 3))

Base.method.__code__ = (lambda self, n=2: 7).__code__
show("another body")
Leaf.__init__ = lambda self, x: Middle.__init__(self, x)
show("another constructor")
