# RUN: krait run %s | diff %s.out -
# What a guest's packages import of themselves is in sys.modules too, where the module of a function or class is looked for.
import inspect
import sys
import numpy

print(numpy.fft.fft.__module__, numpy.fft.fft.__module__ in sys.modules)
print(inspect.getmodule(numpy.fft.fft).__name__, inspect.getmodule(numpy.linalg.LinAlgError).__name__)
print(sys.modules["numpy.linalg"] is numpy.linalg, sys.modules["numpy"] is numpy)
import numpy.linalg as linalg

print(linalg is numpy.linalg, sys.modules[numpy.random.Generator.__module__].Generator is numpy.random.Generator)
