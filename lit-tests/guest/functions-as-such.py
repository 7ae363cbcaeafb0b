# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Functions, methods, descriptors and code of packages are such for inspect and types; and the program's are in the package.
import inspect
import types
import numpy as np

for o in (np.mean, np.array, np.sin, np.arange(3).sum, np.ndarray.sum, np.ndarray.shape, np.poly1d([1]).integ, np.mean.__code__, np.ndarray, np):
    print(type(o).__name__, inspect.isfunction(o), inspect.isbuiltin(o), inspect.ismethod(o), inspect.isroutine(o), inspect.ismethoddescriptor(o),
          inspect.isgetsetdescriptor(o), inspect.iscode(o), inspect.isclass(o), inspect.ismodule(o))
print(isinstance(np.mean, types.FunctionType), np.mean.__class__ is types.FunctionType, isinstance(np.mean, (int, types.FunctionType)))
print(inspect.signature(np.linalg.norm), inspect.getsourcefile(np.linalg.norm)[-9:], inspect.getsource(np.isscalar).splitlines()[1])
print(inspect.getfullargspec(np.linalg.norm).args, inspect.unwrap(np.linalg.norm).__name__)
try:
    inspect.signature(np.array)
except ValueError as error:
    print(error)


def program(a, b=1):
    return a


theirs = np.ma.core.inspect
print([asks(o) for asks in (theirs.isfunction, theirs.ismethod, theirs.isroutine, theirs.isgenerator) for o in (program, [].append, (x for x in ()))])
