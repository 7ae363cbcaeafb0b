# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Hashes of tuples, named ones above all: the same as ever, and other ones where an item, a class or an address means another.
import collections
import sys
import time

Point = collections.namedtuple("Point", "x y")
State = collections.namedtuple("State", "left right")


class Mine(tuple):
    pass


class Moody:
    value = 1

    def __hash__(self):
        return Moody.value

    def __eq__(self, other):
        return isinstance(other, Moody)


def twice(t):
    return hash(t) == hash(t)


for x in (0, 1, -1, -2, 2**60, 2**61 - 2, 2**61 - 1, 2**61, 2**62 - 1, -2**61 + 1, -2**61, -2**62, 2**64, 1.5, float("inf"), True, None):
    if x is not None:
        print(hash(x) == hash((x,).__getitem__(0)), hash(x), hash((x,)), hash(Point(x, x)), hash((Point(x, 1), x)))
    assert hash(Point(x, (x, 2))) == hash((x, (x, 2))) == hash(Mine((x, Mine((x, 2))))), x
    assert twice(State(Point(x, 1), (Point(x, 2), x)))

moody = Point(Moody(), 1)
outer = State(moody, (1, 2))
for value in (1, 2, 3):
    Moody.value = value
    print(hash(moody) == hash((value, 1)), hash(outer) == hash(((value, 1), (1, 2))))

for bad in (Point([], 1), State(Point({}, 2), 3), (Point(1, set()),)):
    for _ in range(2):
        try:
            print(hash(bad))
        except TypeError as error:
            print(error)

mine = Mine((1, 2))
holder = Point(mine, 3)
first = hash(holder)
Mine.__hash__ = lambda self: 7
print(hash(mine), hash(holder) == hash((7, 3)), hash(holder) != first)
del Mine.__hash__
print(hash(mine) == hash((1, 2)), hash(holder) == first)


class Sevens(tuple):
    __slots__ = ()

    def __hash__(self):
        return 7


class Base(tuple):
    __slots__ = ()


class Other(tuple):
    __slots__ = ()

    def __hash__(self):
        return 8


class Derived(Base):
    __slots__ = ()


moved = Base((1, 2))
holder = Point(moved, 3)
first = hash(holder)
try:
    moved.__class__ = Sevens
    print(hash(moved), hash(holder) == hash((7, 3)))
    moved.__class__ = Base
except TypeError as error:
    print(error)
print(hash(holder) == first)
derived = Derived((4, 5))
holder = Point(derived, 3)
first = hash(holder)
try:
    Derived.__bases__ = (Other,)
    print(hash(derived), hash(holder) == hash((8, 3)), hash(holder) != first)
except TypeError as error:
    print(error)

# Those that die leave their place to others.
seen = set()
for i in range(20000):
    p = Point(i, Mine((i, -i)))
    assert hash(p) == hash((i, (i, -i)))
    seen.add(hash(p))
    if i % 3:
        kept = State(p, p)
        assert hash(kept) == hash((p, p))
print(len(seen) > 19990)
grid = {Point(x, y): x * y for x in range(60) for y in range(60)}
print(sum(grid[Point(x, y)] for x in range(60) for y in range(60)) == sum(grid.values()), len(grid))
print(twice(time.struct_time(range(9))), hash(time.struct_time(range(9))) == hash(tuple(range(9))), twice(sys.version_info))
print(hash(tuple.__new__(Mine, range(3))) == tuple.__hash__(Mine(range(3))) == hash((0, 1, 2)))

# Iterators fill one tuple again and again, and it hashes to what it holds now.
import itertools

for name, make in (
    ("zip", lambda: zip([1, 2, 3], [4, 5, 6])),
    ("zip of three", lambda: zip([1, 2, 3], "abc", (7, 8, 9))),
    ("zip of made ones", lambda: zip(map(str, [1, 2, 3]), [4, 5, 6])),
    ("zip_longest", lambda: itertools.zip_longest([1, 2, 3], [4, 5], [6])),
    ("enumerate", lambda: enumerate("abc")),
    ("items", lambda: iter({"a": 1, "b": 2, "c": 3}.items())),
    ("product", lambda: itertools.product([1, 2], [3, 4])),
    ("combinations", lambda: itertools.combinations([1, 2, 3], 2)),
    ("permutations", lambda: itertools.permutations([1, 2, 3], 2)),
):
    them, expected = make(), list(make())
    print(name, [hash(next(them)) == hash(tuple(list(e))) for e in expected])

# Plain tuples, asked again and again: of atoms, of tuples, and of what may change.
plain, deep = tuple([1, "a", 2.5, None, b"b"]), tuple([tuple([1, tuple(["x", int])]), True])
for _ in range(3):
    print(hash(plain) == hash((1, "a", 2.5, None, b"b")), hash(deep) == hash(((1, ("x", int)), 1)), {plain: 1, deep: 2}[tuple(list(deep))])
moody = tuple([tuple([Moody()]), 1])
for value in (1, 2, 3):
    Moody.value = value
    print(hash(moody) == hash(((value,), 1)), hash((moody, 2)) == hash((((value,), 1), 2)))


class Late(tuple):
    pass


late = tuple([Late((1, 2)), 3])
first = hash(late)
print(first == hash(((1, 2), 3)), first == hash(late))
Late.__hash__ = lambda self: 7
print(hash(late) == hash((7, 3)), hash(late) == first)


# Keys of one hash that have to be asked may change the dict meanwhile.
class Meddler:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 5

    def __eq__(self, other):
        log.append((self.name, other.name))
        if self.name == "b" and meddle:
            table.clear()
            table[(Meddler("z"),)] = "made meanwhile"
        return self.name == other.name


log, meddle = [], False
table = {(Meddler("a"),): 1, (Meddler("b"),): 2}
print(table.get((Meddler("b"),)), table.get((Meddler("c"),)), log)
log, meddle = [], True
print(table.get((Meddler("c"),)), len(table), log)

# Dicts and sets ask a tuple that was hashed before for what it kept, as long as that holds.
kept = tuple([1, tuple(["x", 2])])
table, group = {kept: "kept"}, {kept}
for key in (kept, (1, ("x", 2)), (1.0, ("x", 2)), (1, ("x", 3)), (1, ["x", 2][0]), tuple([kept])):
    print(table.get(key), key in table, key in group, {key: 1}.get(key), len({key, kept}))
nested = {tuple([kept, kept]): 1}
print(nested[(kept, kept)], nested[((1, ("x", 2)), tuple([1, ("x", 2)]))])


class Later(tuple):
    pass


later = tuple([Later((1, 2)), 3])
table, group = {later: "later"}, {later}
print(later in table, later in group, ((1, 2), 3) in table)
Later.__hash__ = lambda self: 7
print(hash(later) == hash((7, 3)), later in table, later in group, (7, 3) in table)
table[later] = "again"
print(len(table), table[later])
moody = tuple([Moody(), 1])
Moody.value = 4
table = {moody: 4}
Moody.value = 5
print(moody in table, hash(moody) == hash((5, 1)))
