# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Tests ask for modules from files instead of those that CPython carries frozen; the import system's own stay.
import _imp
import importlib
import ntpath
import os
import stat
import sys
import zipimport


def show(module):
    spec = module.__spec__
    loader = spec.loader if isinstance(spec.loader, type) else type(spec.loader)
    print(module.__name__, loader.__name__, spec.has_location, hasattr(module, "__cached__"), spec.cached is not None,
          spec.origin == module.__file__)


for how in 0, -1, 1, -7, 0:
    print(how, _imp._override_frozen_modules_for_tests(how))
    for name in "os", "stat", "ntpath", "zipimport", "colorsys":
        sys.modules.pop(name, None)
        show(importlib.import_module(name))
for wrong in "x", 2**40:
    try:
        _imp._override_frozen_modules_for_tests(wrong)
    except (TypeError, OverflowError) as error:
        print(type(error).__name__, error)
