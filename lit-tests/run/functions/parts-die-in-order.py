# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# In what order the parts of functions, of iterators and of what was unpacked in vain die, and what except* has handled.
import contextlib
import itertools


class T:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)

    def __call__(self, *a):
        return True

    def __iter__(self):
        yield T(self.name + ".1")
        yield T(self.name + ".2")


class Items:
    def __init__(self, name, count=2):
        self.name = name
        self.count = count

    def __del__(self):
        print("end of", self.name)

    def __iter__(self):
        return self

    def __next__(self):
        if not self.count:
            raise StopIteration
        self.count -= 1
        return T(f"{self.name}.{self.count}")


def made():
    captured = T("captured")

    def f(a=T("default"), *, k=T("keyword default")) -> T("annotation"):
        return captured

    f.attribute = T("attribute")
    f.__doc__ = T("doc")
    return f


def plain():
    captured = T("captured")

    def f(a=T("default"), *, k=T("keyword default")):
        return captured

    return f


for make in made, plain, plain:
    f = make()
    print("made")
    del f
with contextlib.ExitStack() as stack:
    stack.callback(T("callback"), T("argument"))
del stack


def take(make, steps):
    iterator = make()
    for _ in range(steps):
        next(iterator, None)
    print("dropped")


for steps in range(4):
    print(steps)
    take(lambda: itertools.chain(Items("i"), Items("j")), steps)
    take(lambda: itertools.chain([T("a")], [T("b")], (T("c"),)), steps)
    take(lambda: itertools.chain.from_iterable([[T("a")], Items("i")]), steps)
    take(lambda: itertools.zip_longest(Items("i"), Items("j", 1), fillvalue=T("fill")), steps)
    take(lambda: itertools.accumulate(Items("i"), lambda a, b: b, initial=T("initial")), steps)
    take(lambda: itertools.tee(Items("i"))[0], steps)
    take(lambda: map(T("f"), Items("i"), Items("j")), steps)


def unpacked(f):
    try:
        f()
    except ValueError as e:
        print(e)


def too_few():
    a, b, c = T("few")


def too_many():
    (a,) = T("many")


def too_few_with_star():
    a, *b, c, d = T("star")


def too_few_before_star():
    a, b, c, *d = T("before")


for f in too_few, too_many, too_few_with_star, too_few_before_star:
    unpacked(f)


def groups(*kinds):
    try:
        raise ExceptionGroup("g", [kind(T(kind.__name__)) for kind in kinds])
    except* ValueError as e:
        print("ValueError", len(e.exceptions))
    except* TypeError as e:
        print("TypeError")
    except* KeyError:
        print("KeyError")
    print("behind")


groups(ValueError, TypeError)
groups(TypeError, KeyError)
groups(KeyError, TypeError, ValueError)
groups(ValueError)


def new_group():
    try:
        try:
            raise ExceptionGroup("g", [ValueError(T("v")), TypeError(T("t")), KeyError(T("k"))])
        except* ValueError as e:
            raise OSError(T("new"))
        except* TypeError:
            pass
    except ExceptionGroup as e:
        print(e)
    print("behind")


new_group()
