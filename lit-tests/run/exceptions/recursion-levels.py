# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# How many levels a recursion has left says how many frames and calls CPython counts on the way: those of importlib, of
# classes and builtins are counted, too.
import functools
import os
import sys
import tempfile

PROBE = """
def levels_left():
    n = 0
    def go():
        nonlocal n
        n += 1
        go()
    try:
        go()
    except RecursionError:
        pass
    return n
"""
exec(PROBE)


class Thing(dict):
    def __init__(self):
        print("__init__", levels_left())

    def __repr__(self):
        print("__repr__", levels_left())
        return ""

    def __hash__(self):
        print("__hash__", levels_left())
        return 1

    def __missing__(self, key):
        print("__missing__", levels_left())


class Plain:
    def __init__(self, *values, last=0):
        print("Plain", levels_left())


thing = Thing()
repr(thing)
f"{thing!r}"
hash(thing)
thing[1]
Plain()
Plain(1, 2, last=3)
functools.reduce(lambda a, b: print("reduce", levels_left()), [1, 2])

with tempfile.TemporaryDirectory() as folder:
    def module(path, text=""):
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(PROBE + "print(__name__, levels_left())\n" + text)

    for name in "levels_a", "levels_b", "levels_c", "levels_d":
        module(name + ".py")
    module("levels_package/__init__.py")
    module("levels_package/inner/__init__.py")
    module("levels_package/inner/leaf.py")
    module("levels_package/inner/other.py")
    sys.path.insert(0, folder)
    import levels_a
    __import__("levels_b")
    import levels_package.inner.leaf
    from levels_package.inner import other
    import importlib
    importlib.import_module("levels_c")
    import levels_d
    for name in [name for name in sys.modules if name.startswith("levels_")]:
        del sys.modules[name]
    import levels_package.inner.leaf
    from levels_package.inner import other
