# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The dicts of builtin classes have CPython's order: __new__, operators, methods, members, computed attributes.
import types

for t in (object, str, list, dict, BaseException, KeyError, StopIteration, OSError, property, staticmethod, classmethod, range, slice, bool,
          types.FunctionType, types.MethodType, types.GetSetDescriptorType, zip, map, enumerate, reversed, filter, super, type(None), type(...)):
    print(t.__name__, *t.__dict__)
for t in (int, float, tuple, complex):
    print(t.__name__, *list(t.__dict__)[:20])
print(dir(object) == sorted(object.__dict__))
