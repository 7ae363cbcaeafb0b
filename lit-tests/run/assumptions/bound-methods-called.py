# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Locals that hold bound methods and are only called: no bound method is made, and nobody sees that.
import sys
import weakref


class Loud:
    def __init__(self, name, base=0):
        self.name = name
        self.base = base

    def __del__(self):
        print("gone", self.name)

    def add(self, x, *, twice=False):
        return self.base + (x * 2 if twice else x)

    def fail(self, x):
        raise ValueError(f"{self.name} {x}")

    @staticmethod
    def plain(x):
        return ("plain", x)

    @classmethod
    def of_class(cls, x):
        return (cls.__name__, x)

    @property
    def made(self):
        print("asked", self.name)
        return lambda x: (self.name, x)

    def __call__(self, *args):
        return ("called", self.name, args)


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


# ---- what the class says afterwards does not matter ------------------------------------------------
def rebound_class():
    class C:
        def m(self, x):
            return "old", x

    o = C()
    m = o.m
    first = m(1)
    C.m = lambda self, x: ("new", x)
    second = m(2)
    o.m = lambda x: ("own", x)
    third = m(3)
    again = o.m
    return first, second, third, again(4)


print(rebound_class())


def deleted_method():
    class C:
        def m(self):
            return "still here"

    o = C()
    m = o.m
    del C.m
    return m()


print(deleted_method())


# ---- what it may be that the attribute gives -------------------------------------------------------
def kinds(o):
    plain = o.plain
    of_class = o.of_class
    made = o.made
    print(plain(1), of_class(2), made(3), made(4))
    upper = "abc".upper
    bits = (5).bit_length
    from_class = Loud.add
    keys = {1: 2}.keys
    new = o.__class__
    fresh = new("fresh")
    real = (2.5).__add__
    print(upper(), bits(), from_class(o, 5), list(keys()), fresh.name, real(1))


kinds(Loud("kinds"))


def not_callable(o):
    name = o.denominator
    return name()


attempt(not_callable, 3)


def no_such(o):
    m = o.nothing
    return m()


attempt(no_such, Loud("none"))


def called_list():
    holder = type("Holder", (), {"append": [1, 2]})()
    append = holder.append
    return append(3)


attempt(called_list)


def of_none(o):
    test = o.__eq__
    truth = o.__bool__
    return test(None), truth()


print(of_none(None))


# ---- unbound ------------------------------------------------------------------------------------------
def maybe(flag, o):
    if flag:
        add = o.add
    return add(1)


attempt(maybe, True, Loud("bound"))
attempt(maybe, False, Loud("unbound"))


def unbound_again(o):
    add = o.add
    print(add(1))
    del add
    print("deleted")
    return add(2)


attempt(unbound_again, Loud("deleted"))


def del_twice(o):
    add = o.add
    add(1)
    del add
    del add


attempt(del_twice, Loud("twice"))


def del_drops():
    add = Loud("dropped").add
    print(add(1))
    del add
    print("after")


del_drops()


# ---- how long the receiver lives -------------------------------------------------------------------------
def lives():
    first = Loud("first")
    add = Loud("receiver").add
    last = Loud("last")
    print(add(1))
    return first.name, last.name


print(lives())


def rebinds():
    add = Loud("one", 1).add
    print(add(1))
    add = Loud("two", 2).add
    print(add(1))
    for n in range(3):
        add = Loud(f"loop {n}", n).add
        print(add(1))
    print("end")


rebinds()


def kept_alive():
    o = Loud("kept")
    ref = weakref.ref(o)
    add = o.add
    del o
    print(ref() is not None, add(3))
    del add
    print(ref())


kept_alive()


def dies_in_call():
    class C:
        def drop(self, holder):
            holder.clear()
            return "dropped"

        def __del__(self):
            print("gone C")

    holder = [C()]
    drop = holder[0].drop
    print(drop(holder))
    print("still bound")


dies_in_call()


def error_keeps():
    fail = Loud("in traceback").fail
    fail(1)


try:
    error_keeps()
except ValueError as e:
    print("caught", e)
print("after except")


# ---- calls -----------------------------------------------------------------------------------------------
def keywords(o):
    add = o.add
    update = {}.update
    update(a=1)
    show = "{x}-{y}".format
    print(add(1, twice=True), add(x=4), add(twice=True, x=3), show(x=1, y=2))
    return add(1, 2, 3)


attempt(keywords, Loud("keywords"))


def wrong_builtin(xs):
    append = xs.append
    append(1)
    return append(1, 2)


attempt(wrong_builtin, [])


def wrong_keyword(xs):
    append = xs.append
    return append(x=1)


attempt(wrong_keyword, [])


def many(o):
    call = o.__call__
    return call(), call(1), call(1, 2), call(1, 2, 3), call(1, 2, 3, 4), call(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)


print(many(Loud("many")))


def builtins_of(xs, d, s):
    append, pop, get, add = xs.append, xs.pop, d.get, s.add
    for x in range(5):
        append(x)
        add(x % 3)
    return xs, pop(), pop(), get(1), get(5), get(5, "none"), s, xs


print(builtins_of([], {1: "one"}, set()))


class Own(list):
    def append(self, x):
        super().append((x, x))


print(builtins_of(Own(), {1: "one"}, set()))


def pops(xs):
    pop = xs.pop
    while xs:
        print(pop(), end=" ")
    return pop()


attempt(pops, [1, 2, 3])


def argument_order(o):
    def say(x):
        print("argument", x)
        return x

    m = o.plain
    return m(say(1)), m(x=say(2))


print(argument_order(Loud("order")))


def assigned_in_arguments(a, b):
    m = a.add
    return m((m := b.add)(5)), m(1)


print(assigned_in_arguments(Loud("a", 100), Loud("b", 200)))


def changes_itself(xs):
    append = xs.append
    for x in xs:
        if x < 20:
            append(x + 10)
    return xs


print(changes_itself([1, 2, 15]))


# ---- errors in loops, handlers ------------------------------------------------------------------------------
def handled(o, values):
    fail = o.fail
    add = o.add
    total = 0
    for v in values:
        try:
            total += add(v)
            fail(v)
        except ValueError as e:
            print("handled", e)
        except TypeError as e:
            print("type", e)
        finally:
            total += add(1)
    return total


print(handled(Loud("handled", 1), [1, 2, "x", 3]))


def in_handler(o):
    try:
        m = o.missing
    except AttributeError as e:
        print(e)
        m = o.add
    return m(1)


print(in_handler(Loud("handler")))


# ---- generators -------------------------------------------------------------------------------------------------
def gen(o, n):
    add = o.add
    for k in range(n):
        got = yield add(k)
        if got:
            add((yield "more"))


g = gen(Loud("generator", 10), 3)
print(next(g), g.send(True), g.send(5), next(g))
g.close()
print("closed")
g = gen(Loud("dropped generator"), 3)
next(g)
del g
print("dropped")
print(list(gen(Loud("whole"), 3)))


async def coroutine(o):
    add = o.add
    return add(1) + add(2)


try:
    coroutine(Loud("coroutine", 1)).send(None)
except StopIteration as e:
    print(e.value)


# ---- recursion, depth --------------------------------------------------------------------------------------------
class Tree:
    def __init__(self, left, right, value):
        self.left, self.right, self.value = left, right, value

    def walk(self, out):
        append = out.append
        if self.left:
            step = self.left.walk
            step(out)
        append(self.value)
        if self.right:
            step = self.right.walk
            step(out)
        return out


print(Tree(Tree(None, None, 1), Tree(Tree(None, None, 3), None, 4), 2).walk([]))


def forever(o, n):
    class C:
        def m(self):
            m = self.m
            return m()

    m = C().m
    return m()


attempt(forever, 1, 2)


# ---- what is made, because somebody looks ----------------------------------------------------------------------
def looked_at(o):
    add = o.add
    print(add(1), add.__self__ is o, add.__name__)
    other = o.plain
    print(other(1), locals()["other"](2))
    return add


print(looked_at(Loud("looked at"))(4))


def captured(o):
    add = o.add
    return [add(x) for x in range(3)], (lambda: add(7))()


print(captured(Loud("captured")))


# ---- data that is called ---------------------------------------------------------------------------------------
class Node:
    def __init__(self, fn):
        self.fn = fn


def stored(node):
    fn = node.fn
    return fn(1), fn(2)


print(stored(Node(lambda x: x + 1)), stored(Node(str)), stored(Node([].append)))


class Proxy:
    def __getattr__(self, name):
        print("getattr", name)
        return lambda *args: (name, args)


def proxied(p):
    anything = p.anything
    return anything(1), anything()


print(proxied(Proxy()))


class Counted:
    lookups = 0

    def __getattribute__(self, name):
        Counted.lookups += 1
        return object.__getattribute__(self, name)

    def m(self):
        return self


def counted(o):
    m = o.m
    for _ in range(5):
        m()
    return Counted.lookups


print(counted(Counted()))


def modules():
    join = sys.intern
    import math
    root = math.sqrt
    return join("ab"), root(4), root(9)


print(modules())
print("end")
