# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Functions that are registered, unregistered or dropped while others are called or compared.
import atexit


def a():
    print("a")
    atexit.register(b)  # too late: it is not called


def b():
    print("b")
    atexit.unregister(c)
    atexit.register(a)


def c():
    print("c")


def unregisters_itself():
    atexit.unregister(unregisters_itself)
    print("unregistered")


def clears():
    print("cleared")
    atexit._clear()


class Probe:
    def __init__(self, wanted, work=lambda: None):
        self.seen, self.wanted, self.work = [], wanted, work

    def __eq__(self, other):
        self.seen.append(other.__name__)
        self.work()
        return other is self.wanted


def failing():
    raise KeyError("while comparing")


for function in (c, a, b, unregisters_itself):
    atexit.register(function)
atexit.unregister(c)
print(atexit._ncallbacks())
atexit.register(c)
print(atexit._ncallbacks())
atexit._run_exitfuncs()
print(atexit._ncallbacks())

for function in (a, c, b, c):
    atexit.register(function)
probe = Probe(c)
atexit.unregister(probe)
print(probe.seen, atexit._ncallbacks())
probe = Probe(None, lambda: len(probe.seen) < 4 and atexit.register(unregisters_itself))
atexit.unregister(probe)
print(probe.seen, atexit._ncallbacks())
try:
    atexit.unregister(Probe(c, failing))
except KeyError as e:
    print(e)
atexit._run_exitfuncs()

for function in (c, clears, b):
    atexit.register(function)
atexit._run_exitfuncs()
atexit.register(a)
print("end")
