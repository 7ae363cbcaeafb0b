# python3-attr: classes by attrs, validators, converters, slots, frozen, hooks, evolve, asdict and make_class.
import attr
import attrs
import pickle
from attrs import define, field, frozen, validators, Factory, fields, asdict, astuple, evolve, mutable


@define(order=True)
class Point:
    x: int = field(validator=validators.instance_of(int))
    y: int = field(default=0, converter=int)

    @y.validator
    def _check(self, attribute, value):
        if value < 0:
            raise ValueError(f"{attribute.name} must be >= 0")


@frozen(kw_only=True)
class Config:
    name: str = field(validator=[validators.matches_re(r"[a-z]+"), validators.max_len(8)])
    tags: list = Factory(list)
    point: Point = field(factory=lambda: Point(1), repr=lambda p: f"<{p.x}>")
    secret: str = field(default="s", repr=False, eq=False, metadata={"k": 1})
    derived: int = field(init=False)

    @derived.default
    def _derive(self):
        return len(self.name)


@attr.s(auto_attribs=True, hash=True, cache_hash=True)
class Old:
    a: int
    b: str = attr.ib(default="b", hash=False)
    _private: float = 1.5
    c: dict = attr.ib(factory=dict, hash=False, cmp=False)

    def __attrs_post_init__(self):
        self.c["seen"] = self.a


@define
class Child(Point):
    z: list = field(factory=list, on_setattr=attrs.setters.frozen)

    def __attrs_pre_init__(self):
        print("pre")


p = Point(3, "4")
print(p, p == Point(3, 4), p < Point(4), sorted([Point(2, 1), Point(1, 9), Point(2, 0)]), hasattr(p, "__dict__"), Point.__slots__)
for make in (lambda: Point("3"), lambda: Point(1, -1), lambda: Config(name="UPPER"), lambda: Config("x"), lambda: Config(name="abcdefghij"),
             lambda: setattr(p, "q", 1), lambda: setattr(p, "y", -5), lambda: setattr(Config(name="a"), "name", "b"), lambda: hash(p),
             lambda: setattr(Child(1), "z", []), lambda: evolve(p, nope=1), lambda: Old(), lambda: p < 3):
    try:
        print(make())
    except Exception as e:
        print(type(e).__name__, str(e).split(" at 0x")[0])
c = Config(name="abc", tags=["t"])
print(c, asdict(c), astuple(c), evolve(c, name="xyz", tags=[]), c == evolve(c, secret="other"))
print([(a.name, a.type, a.kw_only, a.repr if isinstance(a.repr, bool) else "fn", dict(a.metadata)) for a in fields(Config)])
o = Old(1)
print(o, hash(o) == hash(Old(1, "zz")), o == Old(1), attr.asdict(o, filter=attr.filters.exclude(float)), Old(2, private=3.0))
ch = Child(5, 6, [7])
print(ch, Child.__mro__[1].__name__, asdict(ch, value_serializer=lambda i, f, v: [f and f.name, v]))
print(pickle.loads(pickle.dumps(p)) == p, pickle.loads(pickle.dumps(c)), attr.has(Point), attr.has(int))
Made = attr.make_class("Made", {"x": attr.ib(default=1), "y": attr.ib(factory=list)}, order=True, bases=(Old,))
print(Made(1, 2), Made.__mro__[1].__name__)
D = attr.make_class("D", ["a", "b"])
print(D(1, 2), D(1, 2) != D(1, 3), attrs.resolve_types(Config).__annotations__)
print(attr.validators.optional(attr.validators.in_([1, 2])), validators.deep_iterable(validators.instance_of(int), validators.instance_of(list)))


@define
class Deep:
    items: dict[str, int] = field(validator=validators.deep_mapping(validators.instance_of(str), validators.instance_of(int)), factory=dict)
    pair: tuple = field(default=(1, 2), converter=attr.converters.pipe(list, tuple))
    flag: bool = field(default="yes", converter=attr.converters.to_bool)
    opt: int = field(default=None, converter=attr.converters.optional(int))
    num: float = field(default=1, validator=[validators.ge(0), validators.lt(10)])


print(Deep({"a": 1}), Deep(opt="3"), attr.cmp_using(eq=lambda a, b: a % 3 == b % 3).__name__)
for bad in (dict(items={1: 1}), dict(flag="maybe"), dict(num=11)):
    try:
        Deep(**bad)
    except Exception as e:
        print(type(e).__name__, str(e)[:90])
with attrs.validators.disabled():
    print(Deep(num=99).num)


@define(slots=True, weakref_slot=False)
class Cell:
    v: int

    def f(self):
        return __class__.__name__, super().__repr__()[:3]


print(Cell(1).f(), Point.__init__.__annotations__, Point.__match_args__)
match Point(1, 2):
    case Point(x, y=2):
        print("matched", x)
import inspect
print(inspect.signature(Config), inspect.signature(Point), inspect.getsource(Point.__init__)[:40])
