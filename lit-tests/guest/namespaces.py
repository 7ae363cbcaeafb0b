# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# A module's namespace is whole after the other side has looked at it, whatever runs while it is copied; what cannot be copied is not
# taken for what has been deleted.
import importlib
import numpy as np
import numpy.core.numeric

a = np.array([3, 1, 2])
print((a == a).all(), a.clip(0, 2))
names = np.core.numeric.__dict__
print(len(names) == len(vars(np.core.numeric)), "array_equal" in names, names["array_equal"](a, a))
print(np.array_equal(a, a), len(names) > 100)
import dataclasses
import inspect
print([inspect.ismodule(np.core.numeric), inspect.getmodule(np.array_equal).__name__])
print((a == a).all(), a.clip(0, 2), importlib.import_module("numpy.linalg").norm(a) > 3)
