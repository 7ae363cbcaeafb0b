# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What dies in which order with an exception: the fields that its class adds, then arguments, notes, traceback, cause, context.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class Loud(Exception):
    def __init__(self, name):
        self.noisy = Noisy(name)


def fail(make):
    local = Noisy("local of fail")
    raise make()


def filled(e):
    e.__cause__, e.__context__, e.args, e.kept = Loud("cause"), Loud("context"), (Noisy("argument"),), Noisy("attribute")
    e.add_note(Noisy("note") and "text")
    return e


for make in (lambda: Exception(), lambda: AttributeError("text", name="n", obj=Noisy("obj")), lambda: ImportError("text", path=Noisy("path"), name=Noisy("name")),
             lambda: StopIteration(Noisy("value")), lambda: SystemExit(Noisy("code")), lambda: NameError("text", name=Noisy("name")),
             lambda: OSError(Noisy("errno"), Noisy("strerror"), Noisy("filename")), lambda: ExceptionGroup("text", [Loud("member")])):
    print(type(make()).__name__)
    try:
        fail(lambda: filled(make()))
    except BaseException:
        pass


class Holder:
    def __init__(self):
        self.n = Noisy("of the holder")

    def __del__(self):
        print("del Holder")


def missing(o, v):
    return o.missing


def middle():
    first, holder, last = Noisy("first"), Holder(), Noisy("last")
    return missing(holder, 1)


try:
    middle()
except AttributeError:
    pass
