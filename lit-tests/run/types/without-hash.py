# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What has no hash, and what proxies of callables lack.
import collections, types, weakref
class Thing:
    def __reversed__(self): return [1]
    def __bytes__(self): return b'x'
class Callable(Thing):
    def __call__(self): return 5
thing, called = Thing(), Callable()
for f in (lambda: hash(int.__dict__), lambda: {types.MappingProxyType({}): 1}, lambda: hash(weakref.proxy(thing)), lambda: hash(weakref.proxy(called)),
          lambda: hash({}.keys()), lambda: hash(slice(1)), lambda: hash(collections.OrderedDict()), lambda: reversed(weakref.proxy(thing)),
          lambda: bytes(weakref.proxy(thing)), lambda: reversed(weakref.proxy(called)), lambda: hasattr(weakref.proxy(called), 'x'), lambda: weakref.proxy(called)()):
    try: print(f())
    except TypeError as e: print(e)
print(vars(types.MappingProxyType)["__hash__"])
