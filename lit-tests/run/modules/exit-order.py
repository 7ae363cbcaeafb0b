# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What dies at exit, when, and what it still sees: modules go by their last reference or in a collection, so finalizers find
# their globals whole; only what others keep alive is cleared name by name, the modules completed last first.
import builtins
import io
import string
import sys
import textwrap
import weakref


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        try:
            import _never_there
        except ImportError as e:
            why = type(e).__name__ + (" " + str(e) if "shutting" in str(e) else "")
        print("del", self.name, helper(len(self.name)), sys is not None, string is not None, why)


def helper(n):
    return "x" * n


def generator():
    try:
        yield
    finally:
        print("closed", helper(2))


_first = Loud("_first")
second = Loud("second")
ring = [Loud("ring")]
ring.append(ring)
Loud.of_class = Loud("of class")
builtins.held = Loud("held by builtins")
running = generator()
next(running)
watched = Loud("watched")
weakref.finalize(watched, print, "finalize runs first")
print(list(globals())[:9], __annotations__)
print(open is io.open, open.__module__)
modules = list(sys.modules)
print(modules.index("weakref") > modules.index("_weakref"), modules.index("string") < modules.index("textwrap"))
