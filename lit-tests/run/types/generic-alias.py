# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Generic aliases: subclasses, dir(), iterators; documentation that is no text; breakpoints nobody can import.
import collections.abc
import copy
import os
import types
import warnings

print(collections.abc.Callable[[int, str], float], collections.abc.Callable[..., int], type(collections.abc.Callable[[], int]).__name__)


class Sub(types.GenericAlias):
    pass


alias = Sub(list, int)
print(type(alias).__name__, alias, alias.__args__)
print([n for n in dir(list[int]) if n in ("__origin__", "__args__", "append", "__parameters__")], dir(list[int]) == sorted(dir(list[int])))
it = iter(tuple[int])
print(list(copy.copy(it)), next(it), next(it, None))
try:
    type("A", (), {"__doc__": "x\ud800"})
except UnicodeEncodeError as e:
    print(e)
for name in "nosuch", "os.nosuch", ".", "nosuch.x", "0":
    os.environ["PYTHONBREAKPOINT"] = name
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter("always")
        print(name, breakpoint(), [str(w.message) for w in log])
print(collections.abc.Callable[[int], str] == collections.abc.Callable[[int], str], alias == list[int], os.DirEntry[str], alias | None)
