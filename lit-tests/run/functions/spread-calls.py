# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 %s 2>&1 | diff %s.out -
# RUN: krait-interp %s 2>&1 | diff %s.out -
# f(*args, **kw): the words go straight to what is called, and the names are an object only for who could keep them.
import functools
import gc
import sys


class Name(str):
    def __hash__(self):
        return str.__hash__(self)

    def __eq__(self, other):
        return str.__eq__(self, other)


def plain(a, b=2, *, c=3):
    return a, b, c


def gathers(*args, **kw):
    return args, kw


def mixed(a, *args, k=0, **kw):
    return a, args, k, kw


class C:
    def __init__(self, a=1, b=2, **kw):
        self.said = a, b, kw

    def method(self, a=1, b=2, **kw):
        return self.said, a, b, kw

    @classmethod
    def of_class(cls, a=1, **kw):
        return cls.__name__, a, kw

    @staticmethod
    def of_none(a=1, **kw):
        return a, kw

    def __call__(self, *args, **kw):
        return "called", args, kw


class New:
    def __new__(cls, *args, **kw):
        return "made", args, kw


class Meta(type):
    def __call__(cls, *args, **kw):
        return "by the metaclass", args, kw


class Made(metaclass=Meta):
    pass


class Error(Exception):
    def __init__(self, a, **kw):
        self.said = a, kw


def told(call):
    try:
        got = call()
        return got.said if isinstance(got, (C, Error)) else got
    except (TypeError, AttributeError, LookupError, ValueError) as e:
        return f"{type(e).__name__}: {e}"


c = C()
CALLEES = [plain, gathers, mixed, C, c.method, C.method, C.of_class, c.of_class, C.of_none, c, New, Made, Error, functools.partial(mixed, 1, k=2), functools.partial(c.method, b=5),
           lambda *a, **k: (a, k), dict, (lambda a: a), C.of_class.__func__, c.method.__func__]
ARGUMENTS = [((), {}), ((1,), {}), ((1, 2), {}), ((1,), {"b": 5}), ((), {"a": 5, "b": 6}), ((1, 2), {"k": 3, "c": 4}), ((1,), {"a": 1}), ((), {"x": 1}), (("{a}",), {"a": 1}),
             ((1,) * 13, {}), ((1,), {f"k{i}": i for i in range(14)}), ((), {Name("a"): 1, Name("z"): 2}), ((1,), {2: 3}), ([1, 2], {}), ("ab", {"b": 1}), ((c,), {"a": 3})]
for n, f in enumerate(CALLEES):
    for args, kw in ARGUMENTS:
        before = dict(kw)
        print(n, str(told(lambda: f(*args, **kw))).split(" at 0x")[0])
        assert kw == before
print(told(lambda: plain(*3)), told(lambda: plain(**3)), told(lambda: plain(1, *3)), told(lambda: plain(**{"a": 1}, **{"a": 2})), told(lambda: plain(1, *(2,), c=5)))

print("each call has a tuple of its own")
t, kw = (1, 2), {"x": 1}
args, got = gathers(*t, **kw)
print(args is t, args == t, got is kw, got == kw)


def decorated(f):
    @functools.wraps(f)
    def wrapper(*args, **kw):
        return f(*args, **kw)

    return wrapper


@decorated
def inner(a, b=2):
    if a == 0:
        raise ValueError(a)
    return a, b


print(inner(1), inner(1, 5), inner(1, b=6), inner(a=7), told(lambda: inner()), told(lambda: inner(1, 2, 3)), told(lambda: inner(1, c=2)), told(lambda: inner(1, a=2)))
try:
    inner(0, b=1)
except ValueError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, {k: v for k, v in tb.tb_frame.f_locals.items() if k in ("args", "kw", "a", "b")})
        tb = tb.tb_next

print("references")


class Word:
    def __del__(self):
        print("dies", self.n)

    def __init__(self, n):
        self.n = n


def drops(a, b=None):
    del a
    return "dropped"


kept = Word(1)
print(sys.getrefcount(kept), drops(*(kept,)), sys.getrefcount(kept), drops(**{"a": kept}), drops(*(kept,), **{"b": kept}), sys.getrefcount(kept))
print(drops(*(Word(2),), **{"b": Word(3)}))
key = "".join(["a", "rg"])
before = sys.getrefcount(key)
for _ in range(3):
    gathers(**{key: 1}), told(lambda: plain(**{key: 1}))
print(sys.getrefcount(key) - before)


class Nasty(str):
    """Changes the dict while its name is compared."""

    def __hash__(self):
        return str.__hash__(self)

    def __eq__(self, other):
        names.clear()
        gc.collect()
        return str.__eq__(self, other)


names = {Nasty("b"): 1, "".join(["not", "here"]): 2}
print(told(lambda: mixed(0, **names)), names)
names = {Nasty("b"): 1, "".join(["a", "gain"]): 2}
print(told(lambda: plain(0, **names)), names)

print("partial: its keywords may be changed between calls")
p = functools.partial(gathers, 0, a=1)
print(p(2))
p.keywords["b"] = 3
print(p(2))
del p.keywords["a"]
print(p(2))
p.keywords["".join(["c"])] = p.keywords.pop("b")
print(p(2), p(2, c=7), p(2, d=8))
p.keywords[Name("n")] = 9
print(p(2))
p.keywords[5] = 6
print(told(lambda: p(2)))
p.__setstate__((plain, (1,), {"c": 4}, None))
print(p(), p(5))
p.__setstate__((gathers, (), c.__dict__, None))
print(p())
c.more = 1
print(p())
del c.said, c.more
c.other = 2
print(p())


def clears(**kw):
    q.keywords.clear()
    q.__setstate__((clears, (), {"z": 1}, None))
    return kw


q = functools.partial(clears, x=1, y=2)
print(q(), q())


def depth_of(f):
    """How deep it goes."""
    sys.setrecursionlimit(150)
    try:
        f(0)
    except RecursionError:
        pass
    finally:
        sys.setrecursionlimit(1000)
    return deepest


def down(n, **kw):
    global deepest
    deepest = n
    way(*(n + 1,), **kw)


def down_by_keyword(n, **kw):
    global deepest
    deepest = n
    way(**{"n": n + 1})


class Down:
    def __init__(self, n=0):
        global deepest
        deepest = n
        way(**{"n": n + 1})

    def method(self, n):
        global deepest
        deepest = n
        way(**{"n": n + 1})


print("levels of recursion")
for way, start in ((down, down), (down_by_keyword, down_by_keyword), (Down, Down), (Down.__new__(Down).method,) * 2, (functools.partial(down),) * 2, (functools.partial(down, x=1),) * 2):
    print(depth_of(start))
