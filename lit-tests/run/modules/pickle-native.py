# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# _pickle: every protocol, cycles, reductions, hooks, buffers, damaged input.
import _pickle
import copyreg
import io
import pickle
import pickletools
import re
import sys

print(pickle.Pickler is _pickle.Pickler, pickle.dumps is _pickle.dumps)


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


class Slotted:
    __slots__ = ("a", "b")


class Items(list):
    pass


class Table(dict):
    pass


class WithKeywords:
    def __new__(cls, *, size):
        self = object.__new__(cls)
        self.size = size
        return self

    def __getnewargs_ex__(self):
        return (), {"size": self.size}


class Stateful:
    def __getstate__(self):
        return [1, 2]

    def __setstate__(self, state):
        self.got = state


def build(protocol):
    slotted = Slotted() if protocol >= 2 else Point(3, 4)
    slotted.a = 5
    items = Items([1, 2])
    items.note = "n"
    table = Table(k=1)
    loop = [1]
    loop.append(loop)
    inner = {}
    around = (inner,)
    inner["t"] = around
    return [None, True, False, 0, 255, 65536, -1, 2**31, -2**63, 10**40, 1.5, float("inf"), "", "abc", "\xe9\u20ac\U0001f600\n\\",
            b"", b"\x00\xff", bytearray(b"xy"), (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], {}, {"a": 1}, set(), {1},
            frozenset([2]), Point(1, [2]), slotted, items, table, WithKeywords(size=3), Stateful(), loop, around, len, Point, int,
            type(None), ..., NotImplemented, range(3), slice(1, 2), 3 + 4j]


def show(values):
    slotted, items, table, keywords, stateful, loop, around = values[30:37]
    return (values[:29], values[29], slotted.a, hasattr(slotted, "b"), items, items.note, table, keywords.size, stateful.got,
            loop[1] is loop, around[0]["t"] is around, values[37:])


for protocol in range(6):
    data = pickle.dumps(build(protocol), protocol)
    again = pickle.loads(data)
    print(protocol, show(again), data == pickle._dumps(build(protocol), protocol))
    assert repr(pickle._loads(data)[:29]) == repr(again[:29])

# Large data goes around the frames; many items come in batches.
big = [b"x" * 100000, "y" * 70000, list(range(2500)), {i: str(i) for i in range(2500)}, set(range(1500))]
file = io.BytesIO()
pickle.dump(big, file)
print(file.tell(), pickle.loads(file.getvalue()) == big)
file.seek(0)
print(pickle.load(file) == big)


class Ids(pickle.Pickler):
    def persistent_id(self, obj):
        return ("id", obj.x) if isinstance(obj, Point) else None

    def reducer_override(self, obj):
        return (complex, (1, 2)) if obj is Slotted else NotImplemented


class Back(pickle.Unpickler):
    def persistent_load(self, pid):
        return f"loaded {pid}"

    def find_class(self, module, name):
        print("find", module, name)
        return super().find_class(module, name)


out = io.BytesIO()
pickler = Ids(out, 4)
pickler.dispatch_table = {Items: lambda items: (list, (tuple(items),))}
pickler.dump([Point(1, 2), Slotted, Items([7])])
print(Back(io.BytesIO(out.getvalue())).load())
print(len(pickler.memo.copy()) > 2, pickler.clear_memo(), pickler.memo.copy())

# Buffers in and out of band.
collected = []
source = bytearray(b"payload")
data = pickle.dumps(pickle.PickleBuffer(source), 5, buffer_callback=collected.append)
print(data, collected[0].raw().tobytes(), pickle.loads(data, buffers=collected) is collected[0])
print(pickle.loads(pickle.dumps(pickle.PickleBuffer(b"ro"), 5)))

copyreg.add_extension("__main__", "Point", 0x1234)
print(pickle.dumps(Point, 2))
print(pickle.loads(pickle.dumps(Point, 2)) is Point)
copyreg.remove_extension("__main__", "Point", 0x1234)


def attempt(f, *args, **kwargs):
    try:
        print("no error:", f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__ + ":", re.sub(" at 0x[0-9a-f]+| from '[^']*'", " at", str(e)))


def local():
    class Hidden:
        pass
    return Hidden


class BadReduce:
    def __init__(self, value):
        self.value = value

    def __reduce__(self):
        return self.value


attempt(pickle.dumps, lambda: 0)
attempt(pickle.dumps, local()())
attempt(pickle.dumps, io.StringIO)
attempt(pickle.dumps, (i for i in ()))
attempt(pickle.dumps, 1, 9)
attempt(pickle.dumps, 1, 4, buffer_callback=len)
for value in [1, (), (1, ()), (int, 1), (int, (), None, 3), (int, (), None, None, 3), (int, (), None, None, None, 3), "nowhere"]:
    attempt(pickle.dumps, BadReduce(value))
attempt(pickle.dump, 1, None)
attempt(pickle.load, None)
for data in [b"", b".", b"\x80\x09.", b"K", b"(.", b"\xff", b"?", b"h\x05.", b"cnowhere\nx\n.", b"c__main__\nNothing\n.", b"I1\n0", b"P1\n.",
             b"N\x93.", b"S'a\n.", b"\x82\x07.", b"Nb.", b"\x97.", b"\x8a\x05\x01.", b"]K\x01K\x02s.", b"(K\x01d."]:
    attempt(pickle.loads, data)
print(pickle.loads(b"S'caf\\xe9'\n.", encoding="latin-1"), pickle.loads(b"U\x03abc.", encoding="bytes"), pickle.loads(b"L5L\n."))
print(pickle.loads(b"c__builtin__\nxrange\n(K\x03tR."), pickle.dumps(range, 2))


# numbers at the borders of their opcodes, frames at the border of their length, lists in many batches
numbers = [f(1 << n) + k for n in (7, 8, 15, 16, 31, 32, 63, 64) for k in (-1, 0, 1) for f in (int, lambda n: -n)]
for protocol in range(6):
    data = pickle.dumps(numbers, protocol)
    print(protocol, pickle.loads(data) == numbers, data if protocol in (1, 5) else len(data))
for size in range(65500, 65545, 4):
    for tail in [7], {"key": 300}, ("text", 70000):
        text = "x" * size
        data = pickle.dumps([text, tail, "after"])
        frames = [(at, arg) for op, arg, at in pickletools.genops(data) if op.name == "FRAME"]
        if pickle.loads(data) != [text, tail, "after"] or data != pickle._dumps([text, tail, "after"]):
            print("differs", size, tail, frames)
many = [list(range(3500)), {i: str(i) for i in range(3500)}, {"k%d" % i for i in range(2100)}]
for protocol in range(6):
    data = pickle.dumps(many, protocol)
    again = pickle.loads(data)
    print(protocol, again == many, list(again[1]) == list(many[1]), [sys.getsizeof(x) for x in pickle.loads(pickle.dumps([[1], [1, 2, 3], [1.5] * 9]))])
