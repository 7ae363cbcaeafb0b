# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is called may take itself out of the object, class or module that it was found in, and lives until the call is over.
import io
import sys
import types


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("died", self.name)

    def step(self, holder, *more):
        del holder.action
        print("in", self.name, more)
        return self.name

    def __call__(self, holder):
        del holder.action
        print("called", self.name)


class Holder:
    pass


def run(holder, *more):
    try:
        return holder.action(holder, *more)
    except AttributeError as e:
        return e.name


h = Holder()
for i in range(4):
    h.action = Noisy(f"bound {i}").step
    print(run(h))
    h.action = Noisy(f"plain {i}")
    print(run(h))
    h.action = lambda holder, kept=Noisy(f"default {i}"): holder.__dict__.pop("action") and kept.name
    print(run(h), run(h))

m = types.ModuleType("m")
for i in range(3):
    m.action = Noisy(f"module {i}").step
    print(run(m), run(m))
    m.action = len
    print(run([1]), m.action("abc"))


# A builtin method that an instance hides, and no longer hides.
def write(stream, text):
    return stream.write(text)


s = io.StringIO()
print([write(s, "a" * n) for n in range(3)])
s.write = lambda text: "hidden " + text
print(write(s, "x"), write(io.StringIO(), "xy"))
del s.write
print(write(s, "xyz"), s.getvalue())


class Stream(io.StringIO):
    pass


t = Stream()
print([write(t, "a" * n) for n in range(3)])
Stream.write = lambda self, text: "by the class"
print(write(t, "x"), write(s, ""))
del Stream.write
print(write(t, "xyz"), t.getvalue())


# Truth of builtin objects with and without an opinion.
print([bool(x) for x in (io.StringIO(), len, sys, range(0), range(1), frozenset(), b"", bytearray(), memoryview(b""), memoryview(b"a"), 0j, 1j,
                         iter([]), object(), type, Holder, types.SimpleNamespace(), {}.keys(), {1: 2}.items())])
