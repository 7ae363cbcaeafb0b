# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# An attribute that a local is called by may be a function that the object keeps: another module stores it, at times.
from Inputs.handlers import Asked, Fixed, Free, Handler, Loud, Made


def run(o, x):
    action = o.action
    return action(x), action(x + 1)


def double(x):
    return "double", x


def attempt(o, x):
    try:
        return run(o, x)
    except Exception as e:
        return type(e).__name__, str(e)


kept = Handler(double)
print([attempt(kept, x) for x in range(3)])
print([attempt(o, 5) for o in (Loud(str), Fixed(), Free(), Asked(hex), Made(), Handler(oct), Loud([].append), Handler(None), Handler(3))])
print([attempt(o, 5) for o in (Fixed(), Fixed(), Handler(double), Fixed(), Free(), Free(), Loud(double), Free())])

# The slot is emptied, the attribute hidden or found elsewhere.
del kept.action
print(attempt(kept, 1))
Handler.action = lambda self, x: ("class", self.calls, x)
print(attempt(kept, 2), attempt(Handler(double), 2))
vars(kept)["action"] = lambda x: ("dict", x)
print(attempt(kept, 3))
Handler.action = property(lambda self: lambda x: ("hides", x))
print(attempt(kept, 4))
del Handler.action
print(attempt(kept, 5), attempt(Loud.__new__(Loud), 6))
setattr(kept, "action", abs)
kept.__class__ = Loud
print(attempt(kept, -7))
Loud.__getattribute__ = lambda self, name: lambda x: (name, x)
print(attempt(kept, 8))
del Loud.__getattribute__
print(attempt(kept, -9))


class Dying:
    def __init__(self, name):
        self.name = name

    def __call__(self, x):
        return self.name, x

    def __del__(self):
        print("gone", self.name)


def replaced(o):
    action = o.action
    setattr(o, "action", Dying("second"))
    print(action(1))
    del action
    print("deleted")


o = Handler(Dying("first"))
replaced(o)
replaced(o)
print("end")
