# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# What a module raises while it is imported shows importlib's frames where a function of importlib was called, and none where a
# statement imports, although importlib does the work.
import importlib
import os
import traceback


def shown(f):
    try:
        f()
    except Exception:
        print(traceback.format_exc().replace(os.path.dirname(os.path.abspath(__file__)) + os.sep, ""))


def statement():
    import Inputs.raises


def within():
    import Inputs.chain


def names():
    from Inputs import chain


shown(statement)
shown(within)
shown(names)
shown(lambda: importlib.import_module("Inputs.raises"))
shown(lambda: importlib.import_module("Inputs.chain"))
