# Statements, exceptions, calls, classes, generators, coroutines.
import asyncio
import contextlib
import functools
import itertools
import sys
import types

CASES = {}
NEW = itertools.count()  # for names that no text had before


def case(f):
    CASES[f.__name__] = f
    return f


def line(name, f):
    CASES[name] = f


class Box:
    def __init__(self, x=None):
        self.x = x

    def method(self, *args, **kwargs):
        return self.x

    @property
    def p(self):
        return [self.x]

    @classmethod
    def make(cls, *args):
        return cls(*args)

    @staticmethod
    def plain(x):
        return [x]

    def __add__(self, other):
        return Box([self, other])

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return self.x == "swallow"


class Slots:
    __slots__ = "a", "b"


def fails(*args, **kwargs):
    big = [1] * 10
    raise ValueError(big)


def swallow(f, *args, **kwargs):
    try:
        f(*args, **kwargs)
    except Exception:
        pass


# ---- statements
line("list comprehension", lambda: [str(i) for i in range(300, 310)])
line("nested comprehension", lambda: [[j for j in range(i)] for i in range(5)])
line("dict comprehension", lambda: {str(i): [i] for i in range(5)})
line("set comprehension", lambda: {str(i) for i in range(5)})
line("generator expression", lambda: sum(len(str(i)) for i in range(5)))
line("generator left", lambda: next(str(i) for i in range(5)))
line("f-string", lambda: f"{[1]!r:>10} {3.5:.2f} {Box().x}")
line("percent", lambda: "%s %r %5.1f" % ([1], {2: 3}, 1.5))
line("format", lambda: "{0} {a[0]} {1.x}".format([1], Box(2), a=[3]))
line("lambda made", lambda: (lambda x: lambda: x)([1])())
line("big ints", lambda: (3 ** 100 * 7 ** 50) // 11 ** 20)
line("floats", lambda: (1e300 * 1e300, float("nan"), 1e-320))
line("complex", lambda: (1 + 2j) * (3 - 4j) / (1 + 1j))
line("slices", lambda: ([1, 2, 3][1:], "abc"[::-1], (1, 2)[:1], b"abc"[1:]))
line("chained compare", lambda: 1 < len([1, 2, 3]) < 5 < 10 ** 30)
line("walrus", lambda: [y := [1], y, (z := y + [2])])
line("conditional", lambda: [1] if Box() else [2])
line("unpack call", lambda: Box.make(*[1]).method(*(1, 2), **{"a": 3}))
line("print to string", lambda: print([1], "a", sep="-", file=sys.stdout))
line("sorted key", lambda: sorted(["b", "A"], key=str.lower))
line("min key", lambda: min([[2], [1]], key=lambda x: x[0]))
line("map", lambda: list(map(lambda a, b: [a, b], [1], [2])))
line("zip strict", lambda: swallow(list, zip([1], [1, 2], strict=True)))
line("repr recursive", lambda: repr([{1: (2, [3])}]))
line("int text", lambda: str(int("123456789012345678901234567890")))
line("str methods", lambda: "a,b c".replace(",", " ").split() + "x".join("ab").partition("x")[0:1].__repr__().splitlines())
line("bytes methods", lambda: b"a,b".split(b",") + [b"x".join([b"1", b"2"]), bytes([1]).hex()])
line("bytearray", lambda: bytearray(b"abc").extend(b"def"))
line("global lookup", lambda: undefined if False else Box)


@case
def unpacking():
    a, (b, *c), d = [1], ([2], [3], [4]), [5]
    a, b = b, a
    [x, y] = "ab"


@case
def unpacking_fails():
    for values in ([1], [1, 2, 3], 5):
        try:
            a, b = values
        except (ValueError, TypeError):
            pass


@case
def deletion():
    a = [1, [2]]
    del a[0], a
    try:
        a
    except UnboundLocalError:
        pass


@case
def loop_else():
    for i in [[1], [2]]:
        if i == 3:
            break
    else:
        i = [4]
    while i:
        i = i[1:]
    else:
        i = {}


@case
def loop_left():
    for i in (iter([[1], [2]])):
        for j in (k for k in range(3)):
            if j:
                break
        continue


@case
def with_statement():
    with Box() as a, Box([a]) as b:
        c = [a, b]


@case
def with_swallows():
    with Box("swallow"):
        raise ValueError([1])


@case
def with_fails():
    try:
        with Box() as a:
            raise ValueError(a)
    except ValueError:
        pass


@case
def with_returns():
    for i in range(2):
        with Box():
            if i:
                return [i]


@case
def match_statement():
    for subject in (1, "a", [1, [2]], {"k": [1], "m": 2}, Box([3]), (1, 2, 3), None, 2.5):
        match subject:
            case 1 | 2.5:
                x = [subject]
            case str(s):
                x = s
            case [a, [*rest]]:
                x = rest
            case {"k": v, **others}:
                x = others
            case Box(x=[y]):
                x = y
            case [*all]:
                x = all
            case _:
                x = None


@case
def assertion():
    try:
        assert not [1], [2]
    except AssertionError:
        pass


@case
def augmented():
    a = [1]
    a += [2]
    a *= 2
    d = {"a": "x"}
    d["a"] += "y"
    b = Box([1])
    b.x += [2]
    s = "a"
    for i in range(5):
        s += str(i)


@case
def item_errors():
    for f in (lambda: [1][5], lambda: {1: 2}["q"], lambda: "a"[3], lambda: (1)[0], lambda: [1]["a"], lambda: {}[[]], lambda: Box()[1]):
        swallow(f)


@case
def operator_errors():
    for f in (lambda: 1 + "a", lambda: [1] - [2], lambda: 1 / 0, lambda: "a" * "b", lambda: -"a", lambda: [] < 3, lambda: 1 << -1, lambda: 5 % 0, lambda: 2.0 ** 10000, lambda: Box() * 2, lambda: len(5), lambda: int("x"), lambda: float("y"), lambda: chr(-1)):
        swallow(f)


@case
def import_statement():
    import os.path
    from collections import abc as x, OrderedDict
    del os, x


@case
def import_fails():
    try:
        import no_such_module_anywhere
    except ImportError:
        pass
    try:
        from collections import no_such_name
    except ImportError:
        pass


@case
def nonlocal_variable():
    count = [0]

    def inner():
        nonlocal count
        count = count + [1]
        return lambda: count
    inner()()


@case
def global_variable():
    global made_here
    made_here = [1]
    del made_here


# ---- exceptions
@case
def try_finally():
    for i in range(3):
        try:
            if i == 1:
                continue
            a = [i]
        finally:
            b = [i]


@case
def finally_overrides():
    def f():
        try:
            raise ValueError([1])
        finally:
            return [2]
    f()


@case
def reraise():
    try:
        try:
            fails()
        except ValueError as e:
            kept = [e]
            raise
    except ValueError as e:
        pass


@case
def raise_from():
    try:
        try:
            fails()
        except ValueError as e:
            raise KeyError("a") from e
    except KeyError as e:
        str(e.__cause__)


@case
def raise_context():
    try:
        try:
            fails()
        except ValueError:
            {}["missing"]
    except KeyError:
        pass


@case
def exception_kept():
    try:
        fails()
    except ValueError as e:
        kept = e
    return kept.args


@case
def traceback_walked():
    try:
        fails()
    except ValueError as e:
        t = e.__traceback__
        while t:
            t.tb_frame.f_code.co_name, t.tb_lineno
            t = t.tb_next


@case
def exception_groups():
    try:
        raise ExceptionGroup("g", [ValueError([1]), TypeError([2]), ExceptionGroup("h", [KeyError(3)])])
    except* ValueError as e:
        a = e.exceptions
    except* (TypeError, KeyError) as e:
        b = e


@case
def exception_group_rest():
    try:
        try:
            raise ExceptionGroup("g", [ValueError(1), OSError(2)])
        except* ValueError:
            raise KeyError("new")
    except ExceptionGroup as e:
        e.split(OSError), e.subgroup(lambda x: True), e.derive([ValueError()])


@case
def exc_info():
    try:
        fails()
    except ValueError:
        a = sys.exc_info()[1]


@case
def recursion_error():
    def deep(n):
        return [deep(n + 1)]
    try:
        deep(0)
    except RecursionError:
        pass


@case
def error_in_finally():
    try:
        try:
            fails()
        finally:
            fails()
    except ValueError:
        pass


@case
def error_in_handler_in_loop():
    for i in range(3):
        try:
            try:
                fails(i)
            except ValueError as e:
                fails(e)
        except ValueError:
            continue


@case
def custom_exception():
    class Mine(Exception):
        def __init__(self, a):
            super().__init__(a)
            self.a = a
    try:
        raise Mine([1])
    except Mine as e:
        e.add_note("note")
        e.with_traceback(None)


line("exceptions made", lambda: [E([1]) for E in (Exception, ValueError, KeyError, OSError, StopIteration, SystemExit, RuntimeError, ImportError)])
line("OSError parts", lambda: OSError(2, "text", "name").filename)
line("raise class", lambda: swallow(lambda: (_ for _ in ()).throw(ValueError)))
line("raise nonsense", lambda: swallow(lambda: (_ for _ in ()).throw(3)))

# ---- calls


def positional(a, b=[1], /, c=2, *rest, d, e={}, **named):
    return a, b, c, rest, d, e, named


line("call all kinds", lambda: positional([1], 2, 3, 4, 5, d=6, f=7))
line("call with defaults", lambda: positional(1, d=[2]))
line("call with dict", lambda: positional(*[1, 2], **{"d": [1], "x": [2]}))
for number, arguments in enumerate([(), (1,), (1, 2, 3)]):
    line(f"call error {number}", lambda arguments=arguments: swallow(positional, *arguments))
line("call error keyword", lambda: swallow(positional, 1, a=2, d=3))
line("call error double", lambda: swallow(lambda: positional(1, c=2, d=3, **{"c": [3]})))
line("call not callable", lambda: swallow(lambda: Box()(1)))
line("call builtin error", lambda: swallow(lambda: len([1], 2)))
line("call builtin keyword", lambda: swallow(lambda: sorted([1], what=2)))
line("call method", lambda: Box([1]).method(1, a=2))
line("call bound", lambda: (lambda m: m([2]))(Box([1]).method))
line("call class method", lambda: Box.make([1]))
line("call static method", lambda: Box().plain([1]))
line("call property", lambda: Box(3).p)
line("call getattr", lambda: getattr(Box(1), "x"))
line("call missing attribute", lambda: swallow(getattr, Box(), "missing"))
line("call getattr default", lambda: getattr(Box(), "missing" + str(1), None))
line("call setattr", lambda: setattr(Box(), "name", [1]))
line("call delattr", lambda: (lambda b: (setattr(b, "q", [1]), delattr(b, "q")))(Box()))
line("call operator", lambda: Box(1) + Box(2))
line("call type", lambda: type("Made", (Box,), {"a": [1]})([1]))
line("call super", lambda: types.new_class("Made", (Box,), {}, lambda ns: ns.update(m=lambda self: super(Box, self)))().m())
line("call partial", lambda: functools.partial(positional, [1], d=2)(3))
line("call reduce", lambda: functools.reduce(lambda a, b: a + [b], range(5), []))
line("call lru", lambda: functools.lru_cache(maxsize=2)(lambda x: [x])(3))
line("call isinstance", lambda: isinstance([1], (int, list | dict)))
line("call hash", lambda: swallow(hash, [1]))
line("call iter sentinel", lambda: list(iter([3, 2, 1].pop, 1)))
line("eval text", lambda: eval("[a for a in (1, 2)]"))
line("eval names", lambda: eval("x + y", {"x": [1], "y": [2]}))
line("exec text", lambda: exec("def f(a):\n    return [a]\nf(1)\n", {}))
line("exec class", lambda: exec("class A:\n    x = [1]\n    def f(self): return self.x\nA().f()\n", {}))
line("exec new names", lambda: exec(f"def f{next(NEW)}(a):\n    return a.b\nx.c{next(NEW)} = f{next(NEW)} = 1\n", {"x": Box()}))
line("exec error", lambda: swallow(exec, "1 / 0", {}))
line("compile", lambda: compile("a = 1", "f", "exec"))
line("compile error", lambda: swallow(compile, "a =", "f", "exec"))


@case
def decorated():
    def keep(f):
        @functools.wraps(f)
        def inner(*args):
            return f(*args)
        return inner

    @keep
    @keep
    def g(a):
        return [a]
    g(1)


@case
def recursive_closure():
    def walk(n):
        return [walk(n - 1)] if n else []
    walk(5)


@case
def function_attributes():
    def f(a: int = 3) -> [1]:
        "doc"
    f.attribute = [1]
    f.__defaults__ = ([2],)
    f.__doc__ = "other"
    f.__dict__, f.__annotations__, f.__code__.co_varnames


@case
def function_type():
    types.FunctionType(positional.__code__, {}, "n", ([1],), None)(1, d=2)


@case
def code_replaced():
    positional.__code__.replace(co_name="other")


# ---- classes
@case
def class_statement():
    class A:
        "doc"
        x = [1]

        def f(self):
            return self.x
    A().f()


@case
def class_hierarchy():
    class A:
        def f(self):
            return [1]

    class B(A):
        def f(self):
            return super().f() + [2]

    class C(B, Box):
        pass
    C().f(), C.__mro__, C.__subclasses__(), A.__subclasses__()


@case
def class_changed():
    class Base:
        pass

    class Other(Base):
        pass

    class A(Base):
        pass
    a = A()
    A.x = [1]
    A.f = lambda self: self.x
    a.f()
    del A.x
    A.__name__ = "B"
    A.__bases__ = (Other,)


@case
def class_assigned():
    class A:
        pass

    class B:
        pass
    a = A()
    a.x = [a]
    a.__class__ = B


@case
def metaclass():
    class Meta(type):
        def __new__(mcs, name, bases, ns, **kw):
            return super().__new__(mcs, name, bases, ns)

        def __call__(cls, *args):
            return super().__call__(*args)

    class A(metaclass=Meta, option=[1]):
        pass
    A()


@case
def descriptors():
    class D:
        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, o, cls):
            return [o, cls]

        def __set__(self, o, v):
            o.__dict__[self.name] = v

    class A:
        d = D()
    a = A()
    a.d = [1]
    a.d, A.d


@case
def slots():
    s = Slots()
    s.a = [s]
    s.b = s.a
    del s.b
    swallow(lambda: s.b)
    swallow(lambda: setattr(s, "c", 1))


@case
def special_methods():
    class A(Box):
        def __getattr__(self, name):
            return [name]

        def __getitem__(self, i):
            return [i]

        def __len__(self):
            return 3

        def __iter__(self):
            return iter([1])

        def __contains__(self, x):
            return [x] == [1]

        def __call__(self, *args):
            return args

        def __eq__(self, other):
            return [1]

        def __hash__(self):
            return 1

        def __bool__(self):
            return True

        def __repr__(self):
            return str([1])

        def __format__(self, spec):
            return spec + "x"

        def __index__(self):
            return 2

        def __del__(self):
            self.gone = [1]
    a = A()
    a.other, a[1], len(a), list(a), 1 in a, a(1), a == a, {a: 1}, bool(a), repr(a), f"{a:q}", [1, 2, 3][a]
    a[1:2], a.other2


@case
def finalizer_revives():
    class A:
        def __del__(self):
            kept.append(self)
    kept = []
    A()
    kept.clear()


@case
def instance_dict():
    b = Box()
    b.__dict__["a"] = [1]
    b.__dict__ = {"x": b}
    vars(b).clear()


@case
def private_class_names():
    class A:
        def __init__(self):
            self.__x = [1]

        def get(self):
            return self.__x
    A().get()


@case
def init_subclass():
    class A:
        def __init_subclass__(cls, **kw):
            cls.kw = kw

        def __class_getitem__(cls, item):
            return [item]

    class B(A, x=[1]):
        pass
    B[int]


@case
def abstract_fails():
    import abc

    class A(abc.ABC):
        @abc.abstractmethod
        def f(self): ...
    swallow(A)


# ---- generators and coroutines
def gen(n=3):
    big = [1] * 10
    try:
        for i in range(n):
            got = yield [i]
    finally:
        done = [big]


@case
def generator_run():
    list(gen())


@case
def generator_left():
    g = gen()
    next(g)


@case
def generator_sent():
    g = gen()
    next(g)
    g.send([1])
    g.close()


@case
def generator_thrown():
    g = gen()
    next(g)
    swallow(g.throw, ValueError([1]))


@case
def generator_returns():
    def f():
        x = yield from inner()
        return [x]

    def inner():
        yield 1
        return [2]
    try:
        g = f()
        next(g)
        next(g)
    except StopIteration as e:
        e.value


@case
def generator_delegates():
    def f(n):
        if n:
            yield from f(n - 1)
        yield [n]
    list(f(5))
    next(f(5))


@case
def generator_cycle():
    def f():
        g = yield
        yield g
    g = f()
    next(g)
    g.send(g)


@case
def generator_fails():
    def f():
        yield [1]
        raise ValueError([2])
    swallow(list, f())


@case
def generator_stop():
    def f():
        yield 1
        raise StopIteration([1])
    swallow(list, f())


@case
def generator_attributes():
    g = gen()
    next(g)
    g.gi_frame, g.gi_code, g.gi_yieldfrom, g.gi_running, g.__name__


def drive(c):
    try:
        while True:
            c.send(None)
    except StopIteration as e:
        return e.value


class Awaitable:
    def __await__(self):
        yield [1]
        return [2]


@case
def coroutine_run():
    async def f():
        return [await Awaitable(), await g()]

    async def g():
        return [1]
    drive(f())


@case
def coroutine_closed():
    async def f():
        await Awaitable()
    c = f()
    c.send(None)
    c.close()


@case
def coroutine_thrown():
    async def f():
        try:
            await Awaitable()
        except ValueError as e:
            return e
    c = f()
    c.send(None)
    swallow(c.throw, ValueError([1]))


@case
def async_for():
    async def items():
        for i in range(3):
            await Awaitable()
            yield [i]

    async def f():
        return [x async for x in items()], {str(x): x async for x in items()}
    drive(f())


@case
def async_for_left():
    async def items():
        yield [1]
        yield [2]

    async def f():
        async for x in items():
            break
        a = items()
        await a.__anext__()
        await a.aclose()
    drive(f())


@case
def async_with():
    class Manager:
        async def __aenter__(self):
            return [1]

        async def __aexit__(self, *error):
            return True

    async def f():
        async with Manager() as m, Manager():
            raise ValueError(m)
    drive(f())


@case
def async_fails():
    async def f():
        try:
            await g()
        finally:
            a = [1]

    async def g():
        raise ValueError([1])
    swallow(drive, f())


@case
def asyncio_tasks():
    async def f(i):
        await asyncio.sleep(0)
        return [i]

    async def main():
        await asyncio.gather(*(f(i) for i in range(3)))
        t = asyncio.create_task(f(1))
        await asyncio.sleep(0)
        t.cancel()
        try:
            await t
        except asyncio.CancelledError:
            pass
        q = asyncio.Queue()
        await q.put([1])
        await asyncio.wait_for(q.get(), 1)
        async with asyncio.Lock():
            pass
    asyncio.run(main())


@case
def context_manager():
    @contextlib.contextmanager
    def manage():
        try:
            yield [1]
        finally:
            pass
    with manage():
        pass
    try:
        with manage():
            raise ValueError([1])
    except ValueError:
        pass


# ---- what looks at its caller
@case
def locals_kept():
    a = [1] * 10
    kept = locals()
    b = kept


@case
def locals_in_loop():
    for i in range(3):
        a = [i]
        if i == 2:
            return
        locals()


@case
def locals_in_generator():
    def f():
        a = [1]
        yield locals()
        yield locals()
    next(f())
    list(f())


@case
def locals_fail():
    def f():
        a = [1]
        locals()
        raise ValueError(a)
    swallow(f)


@case
def locals_in_nested():
    def f():
        a = [1]

        def g():
            return a, locals()
        return g()
    f()


@case
def locals_returned():
    def f(a, *b, **c):
        return locals()
    f([1], [2], x=[3])


@case
def eval_in_loop():
    for i in range(3):
        a = [i]
        eval("a + [i]", {"a": a, "i": i})
        eval("a")
        exec("a.append(1)")


@case
def vars_and_dir():
    a = [1]
    vars(), dir(), globals()


@case
def frames():
    a = [1]
    sys._getframe().f_back.f_code
    f = sys._getframe()
    f.f_globals
