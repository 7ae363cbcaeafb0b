# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Bound methods are no descriptors; who is named when keywords collide; what the collector counts and shows.
import builtins
import gc
import types
import warnings


class A:
    def foo(self, cls=0):
        return "spam", cls


class B:
    bar = classmethod(A().foo)


print(B.bar()[1], B.__dict__["bar"].__get__(None, B).__func__.__func__ is A.foo, hasattr(types.MethodType, "__get__"))


def attempt(f):
    try:
        f()
    except TypeError as e:
        print(e)


def class_twice():
    class C(metaclass=type, **{"metaclass": type}):
        pass


def f(**k):
    pass


attempt(class_twice)
attempt(lambda: f(**{1: 3}))
attempt(lambda: f(**{1: 3}, **{1: 5}))
attempt(lambda: f(x=1, **{"x": 5}))
print(f.__builtins__ is builtins.__dict__, types.FunctionType(f.__code__, {}).__builtins__ is builtins.__dict__)


class Free:
    pass


class Empty:
    __slots__ = ()


a, b = Free(), Free()
a.x, b.x = b, a
gc.collect()
print(gc.get_referents([1, 3, 5]), gc.get_referents((1, 2)), [type(r).__name__ for r in gc.get_referents(a)], gc.is_tracked(Empty()))
del a, b
print(gc.collect())

with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        compile("'\\z'", "<text>", "eval")
    except SyntaxError as e:
        print(e.msg, e.lineno, e.offset)
