# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
#
# Attributes of thread-local objects: what the class has goes before the thread's dict or behind it, methods of attribute access of its own,
# odd names, and keys that let go of the dict while they are compared.
import threading


class Described(threading.local):
    LIMIT = 3
    __slots__ = ("slot",)

    def __init__(self, start=0):
        self.count = start

    @property
    def double(self):
        return self.count * 2

    @double.setter
    def double(self, value):
        self.count = value // 2


class Asking(threading.local):
    def __getattr__(self, name):
        return f"no {name}"


class Noting(threading.local):
    seen = []

    def __setattr__(self, name, value):
        self.seen.append((name, value))
        super().__setattr__(name, value)

    def __getattribute__(self, name):
        if name == "seen":
            return object.__getattribute__(self, name)
        return super().__getattribute__(name)


def shown(f):
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def look(local, value):
    out = [sorted(local.__dict__)]
    local.count = value
    local.double = 10 * value
    local.LIMIT = local.LIMIT + value
    local.slot = value
    out += [local.count, local.double, local.LIMIT, local.slot, shown(lambda: local.absent), sorted(local.__dict__)]
    del local.LIMIT
    out += [local.LIMIT, shown(lambda: delattr(local, "LIMIT")), shown(lambda: setattr(local, "__dict__", {}))]
    return out


local = Described(7)
print(look(local, 1))
found = []
thread = threading.Thread(target=lambda: found.append(look(local, 5)))
thread.start()
thread.join()
print(found[0])
print(local.count, local.double, local.slot)

asking = Asking()
print(asking.x, hasattr(asking, "y"))
asking.x = 1
print(asking.x)
del asking.x
print(asking.x)

noting = Noting()
noting.a = 1
noting.a += 1
print(noting.a, noting.seen)
Noting.a = property(lambda self: "of the class")
print(noting.a)
del Noting.a
print(noting.a)


class Name(str):
    pass


plain = threading.local()
setattr(plain, Name("x"), 5)
print(plain.x, getattr(plain, Name("x")), shown(lambda: getattr(plain, 5)))


class Key:
    def __hash__(self):
        return hash("wanted")

    def __eq__(self, other):
        global plain
        plain = None
        return False


plain.__dict__[Key()] = 1
print(shown(lambda: plain.wanted))
