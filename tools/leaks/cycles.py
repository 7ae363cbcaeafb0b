# Cycles through every container, by every way of making it.
import gc, sys, types, collections, functools, itertools, weakref, threading, copy, pickle, dataclasses, contextvars, array, io, operator
import asyncio, queue, random, string, re, json, struct, enum, abc, contextlib, decimal, fractions, datetime
CASES = {}
def case(f):
    CASES[f.__name__] = f
    return f
class Box:
    pass
def add(name, make):
    def f():
        b = Box()
        b.x = make(b)
        return None
    CASES[name] = f
add("list display", lambda b: [b])
add("list()", lambda b: list([b]))
def l1(b):
    l = list(); l.append(b); return l
add("list() append", l1)
add("list.__new__", lambda b: (lambda l: (l.append(b), l)[1])(list.__new__(list)))
def selfl(b):
    l = list(); l.append(l); return l
add("list self", selfl)
add("list extend", lambda b: (lambda l: (l.extend([b]), l)[1])(list()))
add("list copy", lambda b: [b].copy())
add("list slice", lambda b: [b][:])
add("list mul", lambda b: [b] * 2)
add("list add", lambda b: [b] + [1])
add("list iadd", lambda b: operator.iadd(list(), [b]))
add("listcomp", lambda b: [b for _ in range(2)])
add("list range", lambda b: (lambda l: (l.append(b), l)[1])(list(range(3))))
add("sorted", lambda b: (lambda l: (l.append(b), l)[1])(sorted((2, 1))))
add("split", lambda b: (lambda l: (l.append(b), l)[1])("a b".split()))
add("str list", lambda b: (lambda l: (l.append(b), l)[1])(list("ab")))
add("dict keys list", lambda b: (lambda l: (l.append(b), l)[1])(list({1: 2})))
add("reversed list", lambda b: (lambda l: (l.append(b), l)[1])(list(reversed([1]))))
add("star list", lambda b: (lambda l: (l.append(b), l)[1])([*range(2)]))
def star(b):
    a, *r = (1, 2, 3); r.append(b); return r
add("star target", star)
add("tuple", lambda b: (b,))
add("tuple()", lambda b: tuple([b]))
add("tuple gen", lambda b: tuple(b for _ in range(2)))
add("tuple add", lambda b: (1,) + (b,))
add("tuple mul", lambda b: (b,) * 2)
add("tuple slice", lambda b: (1, b, 2)[1:])
add("star args", lambda b: (lambda *a: a)(b))
add("kwargs", lambda b: (lambda **k: k)(x=b))
add("dict", lambda b: {1: b})
add("dict()", lambda b: dict(x=b))
add("dict() set", lambda b: (lambda d: (d.__setitem__(1, b), d)[1])(dict()))
add("dict setdefault", lambda b: (lambda d: (d.setdefault(1, b), d)[1])({}))
add("dict update", lambda b: (lambda d: (d.update(a=b), d)[1])({}))
add("dict update2", lambda b: (lambda d: (d.update({1: b}), d)[1])({}))
add("dict fromkeys", lambda b: dict.fromkeys((1, 2), b))
add("dict copy", lambda b: {1: b}.copy())
add("dict or", lambda b: {} | {1: b})
add("dict ior", lambda b: operator.ior({}, {1: b}))
add("dictcomp", lambda b: {i: b for i in range(2)})
add("dict star", lambda b: {**{1: b}})
add("dict replaced", lambda b: (lambda d: (d.__setitem__(1, b), d)[1])({1: 2}))
def dict_loop(b):
    d = {}
    for k in "ab":
        d[k] = 1
    for k in "ab":
        d[k] = b
    return d
add("dict loop", dict_loop)
add("dict key", lambda b: {b: 1})
add("dict pairs", lambda b: dict([(1, b)]))
add("dict zip", lambda b: dict(zip("a", [b])))
add("set", lambda b: {b})
add("set()", lambda b: set([b]))
add("set add", lambda b: (lambda s: (s.add(b), s)[1])(set()))
add("setcomp", lambda b: {b for _ in range(2)})
add("set update", lambda b: (lambda s: (s.update([b]), s)[1])(set()))
add("set copy", lambda b: {b}.copy())
add("set or", lambda b: {1} | {b})
add("set sub", lambda b: {1, b} - {1})
add("set and", lambda b: {1, b} & {b})
add("frozenset", lambda b: frozenset([b]))
add("frozenset or", lambda b: frozenset() | {b})
add("slice", lambda b: slice(b, b, b))
add("range", lambda b: (range(3), b))
add("list iter", lambda b: iter([b]))
add("tuple iter", lambda b: iter((b,)))
add("dict iter", lambda b: iter({b: 1}))
add("dict items", lambda b: {1: b}.items())
add("dict values", lambda b: {1: b}.values())
add("dict keys", lambda b: {b: 1}.keys())
add("dict items iter", lambda b: iter({1: b}.items()))
add("dict reviter", lambda b: reversed({1: b}.values()))
add("set iter", lambda b: iter({b}))
add("callable iter", lambda b: iter(lambda: b, None))
add("seq iter", lambda b: iter(collections.UserList([b])))
add("reversed", lambda b: reversed([b]))
add("enumerate", lambda b: enumerate([b]))
add("zip", lambda b: zip([b], [b]))
add("map", lambda b: map(lambda x: b, [1]))
add("filter", lambda b: filter(lambda x: b, [1]))
add("gen", lambda b: (b for _ in range(2)))
def g(b):
    yield 1
    yield b
add("generator", lambda b: g(b))
def g2(b):
    i = g(b); next(i); return i
add("generator run", g2)
async def co(b):
    return b
@case
def coroutine():
    b = Box(); b.x = co(b); b.x.close()
async def ag(b):
    yield b
add("async gen", lambda b: ag(b))
add("lambda", lambda b: lambda: b)
add("default", lambda b: (lambda x=b: x))
def kwd(b):
    def f(*, x=b): pass
    return f
add("kwdefault", kwd)
def fattr(b):
    def f(): pass
    f.x = b
    return f
add("function attr", fattr)
def fann(b):
    def f(x: b): pass
    return f
add("annotations", fann)
add("bound method", lambda b: b.__init__)
add("types.MethodType", lambda b: types.MethodType(print, b))
add("builtin method", lambda b: [b].append)
add("dict get", lambda b: {1: b}.get)
add("method wrapper", lambda b: b.__str__)
add("partial", lambda b: functools.partial(print, b))
add("partial kw", lambda b: functools.partial(print, x=b))
add("partialmethod", lambda b: functools.partialmethod(print, b))
add("lru_cache", lambda b: functools.lru_cache(lambda: b))
def lru2(b):
    f = functools.lru_cache(lambda x: x); f(b); return f
add("lru_cache entry", lru2)
add("cmp_to_key", lambda b: functools.cmp_to_key(lambda *a: 0)(b))
add("cell", lambda b: types.CellType(b))
add("property", lambda b: property(lambda s: b))
add("staticmethod", lambda b: staticmethod(lambda: b))
add("classmethod", lambda b: classmethod(lambda: b))
add("classmethod attr", lambda b: (lambda c: (setattr(c, "q", b), c)[1])(classmethod(len)))
add("super", lambda b: super(Box, b))
add("mappingproxy", lambda b: types.MappingProxyType({1: b}))
add("SimpleNamespace", lambda b: types.SimpleNamespace(x=b))
add("SimpleNamespace2", lambda b: (lambda n: (setattr(n, "y", b), n)[1])(types.SimpleNamespace()))
add("ModuleType", lambda b: (lambda m: (setattr(m, "y", b), m)[1])(types.ModuleType("m")))
add("GenericAlias", lambda b: types.GenericAlias(list, (b,)))
add("list[int]", lambda b: list[b])
add("union", lambda b: (int | str, b))
add("weakref cb", lambda b: weakref.ref(b, lambda r: b))
add("weakref", lambda b: weakref.ref(b))
add("proxy", lambda b: weakref.proxy(b, lambda r: b))
add("WeakValueDictionary", lambda b: weakref.WeakValueDictionary({1: b}))
add("WeakKeyDictionary", lambda b: weakref.WeakKeyDictionary({b: b}))
add("WeakSet", lambda b: weakref.WeakSet([b]))
add("WeakMethod", lambda b: weakref.WeakMethod(types.MethodType(lambda s: 1, b)))
add("finalize", lambda b: (lambda f: (f.detach(), f)[1])(weakref.finalize(Box(), print, b)))
add("exception", lambda b: ValueError(b))
add("exception attr", lambda b: (lambda e: (setattr(e, "q", b), e)[1])(ValueError()))
add("exception new", lambda b: ValueError.__new__(ValueError, b))
add("OSError", lambda b: OSError(1, b))
add("KeyError", lambda b: KeyError(b))
add("StopIteration", lambda b: StopIteration(b))
add("SystemExit", lambda b: SystemExit(b))
add("ImportError", lambda b: ImportError("a", name=b, path=b))
add("SyntaxError", lambda b: SyntaxError("a", ("f", 1, 1, "x")).with_traceback(None))
add("AttributeError", lambda b: AttributeError("a", name="q", obj=b))
add("NameError", lambda b: NameError("a", name=b))
add("UnicodeError", lambda b: (lambda e: (setattr(e, "q", b), e)[1])(UnicodeDecodeError("a", b"b", 0, 1, "c")))
add("ExceptionGroup", lambda b: ExceptionGroup("a", [ValueError(b)]))
add("note", lambda b: (lambda e: (e.add_note("a"), setattr(e, "w", b), e)[2])(ValueError()))
def raised(b):
    try:
        raise ValueError(b)
    except ValueError as e:
        return e
add("raised", raised)
def chained(b):
    try:
        try:
            1 / 0
        except ZeroDivisionError as f:
            raise ValueError(b) from f
    except ValueError as e:
        return e
add("chained", chained)
def tb(b):
    try:
        1 / 0
    except ZeroDivisionError as e:
        return e.__traceback__, b
add("traceback", tb)
add("defaultdict", lambda b: collections.defaultdict(list, {1: b}))
def dd(b):
    d = collections.defaultdict(list); d[1].append(d); d[2].append(b); return d
add("defaultdict list", dd)
add("defaultdict dict", lambda b: (lambda d: (d[1].__setitem__(1, b), d[1])[1])(collections.defaultdict(dict)))
add("defaultdict set", lambda b: (lambda d: (d[1].add(b), d[1])[1])(collections.defaultdict(set)))
add("defaultdict factory", lambda b: collections.defaultdict(lambda: b))
add("deque", lambda b: collections.deque([b]))
add("deque append", lambda b: (lambda d: (d.append(b), d)[1])(collections.deque()))
add("deque iter", lambda b: iter(collections.deque([b])))
add("deque reviter", lambda b: reversed(collections.deque([b])))
add("deque copy", lambda b: collections.deque([b]).copy())
add("deque mul", lambda b: collections.deque([b]) * 2)
add("OrderedDict", lambda b: collections.OrderedDict({1: b}))
add("OrderedDict iter", lambda b: iter(collections.OrderedDict({b: 1})))
add("OrderedDict items", lambda b: collections.OrderedDict({1: b}).items())
add("Counter", lambda b: collections.Counter([b]))
add("ChainMap", lambda b: collections.ChainMap({1: b}))
add("UserDict", lambda b: collections.UserDict({1: b}))
add("namedtuple", lambda b: NT(b, 1))
NT = collections.namedtuple("NT", "a b")
add("namedtuple make", lambda b: NT._make([b, 1]))
add("namedtuple replace", lambda b: NT(1, 2)._replace(a=b))
for n in "accumulate chain combinations combinations_with_replacement count cycle dropwhile filterfalse groupby islice pairwise permutations product repeat starmap takewhile tee zip_longest".split():
    t = getattr(itertools, n)
    mk = {"accumulate": lambda b, t=t: t([b], lambda a, c: b), "combinations": lambda b, t=t: t([b], 1),
          "combinations_with_replacement": lambda b, t=t: t([b], 1), "count": lambda b, t=t: (t(1), b), "dropwhile": lambda b, t=t: t(lambda x: b, [b]),
          "filterfalse": lambda b, t=t: t(lambda x: b, [b]), "islice": lambda b, t=t: t([b], 1), "repeat": lambda b, t=t: t(b), "starmap": lambda b, t=t: t(lambda x: b, [b]),
          "takewhile": lambda b, t=t: t(lambda x: b, [b]), "groupby": lambda b, t=t: t([b], lambda x: b), "zip_longest": lambda b, t=t: t([b], [1, 2], fillvalue=b)}.get(n, lambda b, t=t: t([b]))
    add("itertools." + n, mk)
    def run(b, mk=mk):
        i = mk(b)
        if isinstance(i, tuple): i = i[0]
        try:
            next(i)
        except (TypeError, StopIteration): pass
        return i, b
    add("itertools." + n + " run", run)
add("chain.from_iterable", lambda b: itertools.chain.from_iterable([[b]]))
add("groupby inner", lambda b: next(itertools.groupby([b, b]))[1])
add("itemgetter", lambda b: operator.itemgetter(b))
add("itemgetter2", lambda b: operator.itemgetter(b, b))
add("methodcaller", lambda b: operator.methodcaller("a", b))
add("attrgetter", lambda b: (operator.attrgetter("a"), b))
add("local", lambda b: (lambda l: (setattr(l, "x", b), l)[1])(threading.local()))
@case
def local_self():
    l = threading.local(); l.me = l
class LocalSub(threading.local):
    def __init__(self, *a): self.a = a
@case
def local_sub():
    l = LocalSub(1, [2]); l.me = [l]
@case
def local_args():
    b = Box(); b.l = LocalSub(b)
add("Event", lambda b: (threading.Event(), b))
add("ContextVar", lambda b: (lambda c: (c.run(CV.set, b), c)[1])(contextvars.Context()))
CV = contextvars.ContextVar("CV")
add("copy_context", lambda b: (lambda c: (c.run(CV.set, b), c)[1])(contextvars.copy_context()))
add("Token", lambda b: (lambda c: c.run(CV.set, b))(contextvars.copy_context()))
@dataclasses.dataclass
class Node:
    parent: object = None
    children: list = dataclasses.field(default_factory=list)
    data: dict = dataclasses.field(default_factory=dict)
    names: set = dataclasses.field(default_factory=set)
@case
def dataclass():
    p = Node(); c = Node(p); p.children.append(c); p.data["c"] = c
@case
def dataclass_only_list():
    p = Node(); p.children.append(p.children)
@case
def dataclass_only_dict():
    p = Node(); p.data[1] = p.data
@case
def local_class():
    class C: pass
    C.x = C()
@case
def local_class2():
    class C:
        def f(self): return __class__
    C().f()
@case
def local_class_slots():
    class C: __slots__ = "a", "b"
    c = C(); c.a = c
@case
def local_list_class():
    class C(list): pass
    c = C(); c.append(c)
@case
def local_dict_class():
    class C(dict): pass
    c = C(); c["a"] = c
@case
def local_tuple_class():
    class C(tuple): pass
    c = C([1]); c.a = c
@case
def local_int_class():
    class C(int): pass
    c = C(1); c.a = c
@case
def local_str_class():
    class C(str): pass
    c = C("a"); c.a = c
@case
def local_exc_class():
    class C(Exception): pass
    c = C("a"); c.a = c
@case
def local_meta():
    class M(type): pass
    class C(metaclass=M): pass
    C.a = M
@case
def local_enum():
    class E(enum.Enum):
        A = 1
        B = 2
    E.A.x = E
@case
def local_abc():
    class A(abc.ABC):
        @abc.abstractmethod
        def f(self): pass
    class B(A):
        def f(self): pass
    B().x = B
@case
def local_namedtuple():
    T = collections.namedtuple("T", "a b"); T(1, 2)
@case
def local_dataclass():
    @dataclasses.dataclass
    class D:
        a: int = 1
    D().x = D
for name, look in {"vars": vars, "copy": copy.copy, "hasattr": lambda o: hasattr(o, "__dict__"), "get": lambda o: o.__dict__.get("q"),
                   "dict": lambda o: o.__dict__, "dir": dir, "deepcopy": copy.deepcopy, "reduce": lambda o: o.__reduce_ex__(2), "state": lambda o: o.__getstate__(),
                   "setattr": lambda o: setattr(o, "z", 1), "keys": lambda o: list(o.__dict__), "pickle": pickle.dumps}.items():
    def f(look=look):
        b = Box(); b.x = 1; look(b); b.x = b
    CASES["dict " + name] = f
    def f(look=look):
        b = Box(); b.x = b; look(b)
    CASES["cycle dict " + name] = f
    def f(look=look):
        b = Box(); look(b); b.new = b
    CASES["empty dict " + name] = f
@case
def use_locals():
    a = [1] * 100; b = Box(); locals()
@case
def use_locals2():
    a = [1] * 100; return "%(a)s" % locals() and None
@case
def use_globals():
    a = [1] * 100; globals()
@case
def use_vars():
    a = [1] * 100; vars()
@case
def use_dir():
    a = [1] * 100; dir()
@case
def use_eval():
    a = [1] * 100; eval("a")
@case
def use_exec():
    a = [1] * 100; exec("b = a")
@case
def use_eval_plain():
    a = [1] * 100; eval("1 + 1")
@case
def use_exec_ns():
    a = [1] * 100; exec("b = 1", {"a": a})
@case
def locals_cycle():
    a = Box(); a.l = locals()
@case
def locals_in_class():
    class C:
        x = [1]
        y = locals()
@case
def frame():
    a = [1] * 10; f = sys._getframe()
@case
def frame_locals():
    a = [1] * 10; f = sys._getframe(); f.f_locals
@case
def exec_names():
    exec("x = 1\ny = [x]\n", {})
add("Future", lambda b: b)
add("array", lambda b: (array.array("i", [1]), b))
add("memoryview", lambda b: (memoryview(bytearray(3)), b))
add("io", lambda b: (lambda s: (setattr(s, "q", b), s)[1])(io.StringIO()))
add("BytesIO", lambda b: (lambda s: (setattr(s, "q", b), s)[1])(io.BytesIO()))
add("BufferedReader", lambda b: (lambda s: (setattr(s, "q", b), s)[1])(io.BufferedReader(io.BytesIO())))
add("queue", lambda b: (lambda q: (q.put(b), q)[1])(queue.Queue()))
add("SimpleQueue", lambda b: (lambda q: (q.put(b), q)[1])(queue.SimpleQueue()))
add("Random", lambda b: (lambda s: (setattr(s, "q", b), s)[1])(random.Random()))
add("match", lambda b: (re.match("a", "a"), b))
add("decimal", lambda b: (decimal.Decimal(1), b))
add("Fraction", lambda b: (fractions.Fraction(1), b))
add("struct", lambda b: (struct.Struct("i"), b))
add("JSONEncoder", lambda b: json.JSONEncoder(default=lambda o: b))
add("contextmanager", lambda b: contextlib.contextmanager(lambda: iter([b]))())
add("ExitStack", lambda b: (lambda s: (s.push(lambda *a: b), s)[1])(contextlib.ExitStack()))
add("suppress", lambda b: (contextlib.suppress(ValueError), b))
add("cached_property", lambda b: CP().p.append(b))
class CP:
    @functools.cached_property
    def p(self): return [self]
add("singledispatch", lambda b: functools.singledispatch(lambda x: b))
add("Thread", lambda b: threading.Thread(target=lambda: b))
add("Timer", lambda b: threading.Timer(1, lambda: b))
add("Condition", lambda b: (lambda s: (setattr(s, "q", b), s)[1])(threading.Condition()))
add("pickle pickler", lambda b: (lambda p: (p.dump([1]), setattr(p, "persistent_id", lambda o: b), p)[2])(pickle.Pickler(io.BytesIO())))
add("unpickler", lambda b: (lambda p: (setattr(p, "persistent_load", lambda o: b), p)[1])(pickle.Unpickler(io.BytesIO())))
add("unpickled", lambda b: (lambda l: (l.append(b), l)[1])(pickle.loads(pickle.dumps([1]))))
add("unpickled dict", lambda b: (lambda l: (l.__setitem__(1, b), l)[1])(pickle.loads(pickle.dumps({}))))
add("json list", lambda b: (lambda l: (l.append(b), l)[1])(json.loads("[1]")))
add("json dict", lambda b: (lambda l: (l.__setitem__(1, b), l)[1])(json.loads("{}")))
add("deepcopied", lambda b: (lambda l: (l.append(b), l)[1])(copy.deepcopy([1])))
add("re findall", lambda b: (lambda l: (l.append(b), l)[1])(re.findall("a", "aa")))
add("struct unpack", lambda b: (struct.unpack("i", b"1234"), b))
add("os.listdir", lambda b: (lambda l: (l.append(b), l)[1])(__import__("os").listdir("/")))
add("array tolist", lambda b: (lambda l: (l.append(b), l)[1])(array.array("i", [1]).tolist()))
add("mv tolist", lambda b: (lambda l: (l.append(b), l)[1])(memoryview(b"abc").tolist()))
add("dir()", lambda b: (lambda l: (l.append(b), l)[1])(dir(int)))
add("vars copy", lambda b: (lambda l: (l.__setitem__("q", b), l)[1])(dict(vars(Box))))
add("partition", lambda b: ("a b".partition(" "), b))
add("heap", lambda b: __import__("heapq").nsmallest(1, [1, 2]).append(b))
add("sys.exc_info", lambda b: (sys.exc_info(), b))
add("os.environ copy", lambda b: (lambda l: (l.__setitem__("q", b), l)[1])(__import__("os").environ.copy()))
add("mro", lambda b: (lambda l: (l.append(b), l)[1])(int.mro()))
add("subclasses", lambda b: (lambda l: (l.append(b), l)[1])(int.__subclasses__()))
add("gc.get_referrers", lambda b: (lambda l: (l.append(b), l)[1])(gc.get_stats()))
add("splitlines", lambda b: (lambda l: (l.append(b), l)[1])("a\nb".splitlines()))
add("readlines", lambda b: (lambda l: (l.append(b), l)[1])(io.StringIO("a\nb").readlines()))
add("csv", lambda b: [r.append(b) for r in __import__("csv").reader(["a,b"])])
add("asyncio Future", lambda b: (lambda f: (f.set_result(b), f)[1])(asyncio.Future(loop=LOOP)))
LOOP = asyncio.new_event_loop()
LOOP.close()
