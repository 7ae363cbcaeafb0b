# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Builtins have documentation and signatures: which ones do is CPython's, the words are not.
import inspect
import math

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
print(bool(int.__doc__), bool(ValueError.__doc__), bool(math.__doc__), complex.real.__doc__, type.__text_signature__, list.__text_signature__)
