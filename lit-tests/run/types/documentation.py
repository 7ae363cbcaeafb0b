# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Builtins have documentation and signatures: which ones do is CPython's, the words are not.
import inspect
import math
import pickle

for owner in int, float, str, bytes, bytearray, list, tuple, dict, set, frozenset, range, slice, object, type, property:
    for name, value in sorted(vars(owner).items()):
        if not name.startswith("__") and callable(value):
            try:
                signature = inspect.signature(value)
            except ValueError:
                signature = None
            print(owner.__name__, name, bool(value.__doc__), signature)
for function in abs, len, getattr, print, sorted, sum, zip, max, [].append, {}.pop, int.from_bytes, "".split, math.log, math.hypot:
    try:
        signature = inspect.signature(function)
    except ValueError:
        signature = None
    print(function.__name__, bool(function.__doc__), signature)
import builtins
import doctest
print([n for n, v in sorted(vars(builtins).items()) if isinstance(v, type) and issubclass(v, BaseException) and not v.__doc__])
documented = [t for t in doctest.DocTestFinder().find(builtins) if t.examples]
print([t.name for t in documented], sum(doctest.DocTestRunner().run(t).failed for t in documented))
print(bool(int.__doc__), bool(ValueError.__doc__), bool(math.__doc__), complex.real.__doc__, type.__text_signature__, list.__text_signature__)


class Plain:
    pass


# What class statements add; classes that nobody looked at before; errors of a length that is only a hint.
print(vars(Plain)["__dict__"].__doc__, vars(Plain)["__weakref__"].__doc__, bool(type(int | str).__doc__))
print(ArithmeticError.__subclasses__(), UnicodeError.__subclasses__())
print(inspect.signature(pickle.Pickler), inspect.signature(pickle.Unpickler))


class BadLength:
    def __iter__(self):
        return iter(range(3))

    def __len__(self):
        raise RuntimeError("no length")


for extend in bytearray().extend, [].extend:
    try:
        print(extend(BadLength()))
    except RuntimeError as e:
        print(e)
