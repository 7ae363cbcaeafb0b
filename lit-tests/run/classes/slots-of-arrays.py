# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Subclasses of array without a dict are no containers to the collector, those with one are.
import gc
from array import array


class Words(array):
    __slots__ = ()

    def __new__(cls, items=(0, 0, 0)):
        return array.__new__(cls, "i", items)


class Named(array):
    pass


kept = [Words() for _ in range(100)] + [Words([i] * i) for i in range(100)]
print(sum(map(sum, kept)), kept[0], kept[-1] == array("i", [99] * 99), hasattr(kept[0], "__dict__"))
for i in range(1000):
    Words(bytes(8)), Words(range(i % 7)), Words(kept[i % 200])
named = Named("d", [1.5, 2.5])
named.self = named
del named, kept
print(gc.collect() > 0)
try:
    Words().name = 1
except AttributeError as error:
    print(error)
