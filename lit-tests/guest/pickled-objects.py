# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Objects of a package are pickled and copied as their classes and the package's entries in copyreg say, those of the program's subclasses too.
import copy
import copyreg
import pickle

import numpy as np
from numpy.polynomial import Polynomial


class Scaled(Polynomial):
    def __init__(self, coef, scale):
        super().__init__(coef)
        self.scale = scale


class Named(Polynomial):
    def __new__(cls, *args, name="nobody"):
        made = super().__new__(cls)
        made.name = name
        return made

    def __init__(self, coef, name):
        super().__init__(coef)
        print("init", name)

    def __getnewargs_ex__(self):
        return (), {"name": self.name}


print(Polynomial([1]).__reduce_ex__(0)[0] is copyreg._reconstructor, type(object.__new__(Polynomial)).__name__)
try:
    object.__new__(np.ndarray)
except TypeError as e:
    print(e)
print(np.ufunc in copyreg.dispatch_table, copyreg.dispatch_table[complex].__module__)
print(copy.copy(np.sin) is np.sin, copy.deepcopy({"f": [np.sin, np.add]}) == {"f": [np.sin, np.add]})
named = Named([1, 2], name="line")
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    for dumps, loads in (pickle.dumps, pickle.loads), (pickle._dumps, pickle._loads):
        def through(x):
            return loads(dumps(x, protocol))

        scaled = through(Scaled([1, 2], 5))
        print(protocol, through(np.sin) is np.sin, through(Polynomial([1, 2, 3])), type(scaled).__name__, scaled.coef, scaled.scale)
        if protocol >= 2:
            back = through(named)
            print(type(back).__name__, back.name, back == named)
print(through([np.float64(1.5), np.dtype("i4"), np.datetime64("2020-01-01"), np.ndarray]))
print(copy.deepcopy(scaled), copy.deepcopy(named).name, copy.copy(named) == named)
rng = np.random.default_rng(5)
copies = through(rng), copy.deepcopy(rng)
print([c.integers(1000) == rng_value for rng_value in [rng.integers(1000)] for c in copies])
masked = np.ma.array([1, 2, 3], mask=[0, 1, 0])
print(through(masked), copy.deepcopy(masked))
shared = [1]
back = through(np.array([shared, shared, None], dtype=object))
print(back[0] is back[1], back[2])
