# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What follows * and ** is a tuple and a dict before the call: what was given dies then, where nobody else holds it, and in its turn where
# it is none. What a function's own variable holds stays as it is.


class T:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


class Mapping(T):
    def keys(self):
        return ["x", "y"]

    def __getitem__(self, key):
        return T(key)


class Dict(dict):
    def __del__(self):
        print("end of the dict")


class Iterable(T):
    def __iter__(self):
        return iter([T("first"), T("second")])


def f(*a, **k):
    print("in f", len(a), sorted(k))


def g(x, y, *a):
    print("in g")
    del x
    print("x is gone")


class Made:
    def __init__(self, *a, **k):
        print("init", len(a), sorted(k))


def failing(call):
    try:
        call()
    except TypeError as e:
        print(e)


f(**Mapping("m"))
f(T("a"), **Mapping("m"))
f(T("a"), z=T("z"), **Mapping("m"))
g(**Mapping("m"))
f(**Dict(x=T("value")))
g(**Dict(x=T("value"), y=T("other")))
f(*Iterable("it"))
f(*Iterable("it"), **Mapping("m"))
f(T("z"), *Iterable("it"), **Mapping("m"))
Made(*Iterable("it"), **Mapping("m"))
dict(**Mapping("m"))
f(**{"x": T("x")})
f(*[T("one")], **{"x": T("x")})
failing(lambda: f(T("a"), **T("no mapping")))
failing(lambda: f(T("a"), *Iterable("it"), **T("no mapping")))
failing(lambda: f(T("a"), *T("no iterable")))
failing(lambda: f(*3, **{}))
failing(lambda: f(**3))
failing(lambda: f(**{1: 2}))
failing(lambda: f(**Dict({1: 2})))


def forwarded(*args, **kwargs):
    f(*args, **kwargs)
    mapping, iterable = Mapping("own m"), Iterable("own it")
    f(*iterable, **mapping)
    print("still there", mapping.name, iterable.name)


forwarded(1, 2, k=3)
forwarded()
made = Dict(x=1)


def rebind(**k):
    global made
    made = None
    print("rebound", k)


rebind(**made)


class Holder:
    @property
    def mapping(self):
        return Mapping("of a property")

    def call(self, *a, **k):
        print("called", len(a), sorted(k))


Holder().call(**Holder().mapping)
Holder().call(*Iterable("it"), **Holder().mapping)


class Keeping:
    def __call__(self, a, b=None):
        del a
        print("a was deleted")


keeping = Keeping()
keeping(T("argument"))
keeping(T("argument"), T("other"))
keeping(b=T("other"), a=T("argument"))


class Called(T):
    def __call__(self, *a, **k):
        print("called", len(a), sorted(k))
        if not a:
            raise TypeError("no arguments")


Called("instance")(*[T("one"), T("two")], **{"x": T("three")})
Called("instance")(T("one"), z=T("two"), **Mapping("m"))
failing(lambda: Called("instance")(**{"x": T("x")}))
