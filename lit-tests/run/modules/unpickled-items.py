# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# _pickle: dicts that are made of a run of pairs have the size, order and values that setting one by one gives, and opcodes
# that most pickles consist of check what is there.
import pickle
import sys


def sizes(make, counts):
    return [sys.getsizeof(pickle.loads(pickle.dumps(make(n)))) for n in counts]


counts = [*range(14), 20, 21, 22, 42, 43, 85, 86, 127, 170, 171, 300, 341, 342, 999, 1000, 1001, 2001]
print("texts", sizes(lambda n: {"k%d" % i: i for i in range(n)}, counts))
print("ints", sizes(lambda n: dict.fromkeys(range(n)), counts))
print("one int", sizes(lambda n: {**{"k%d" % i: i for i in range(n)}, 5: None}, counts))
print("lists", sizes(lambda n: [None] * n, counts))


def pairs(*items):
    """A protocol 4 pickle of a dict with these pairs, SETITEMS once."""
    body = b"".join(map(one, items))
    return b"\x80\x04}\x94(" + body + b"u."


def one(item):
    if isinstance(item, str):
        return b"\x8c" + bytes([len(item)]) + item.encode() + b"\x94"
    return b"K" + bytes([item])


for n in (1, 5, 6, 11, 30, 100):
    twice = [x for i in range(n) for x in ("k%d" % i, i)]
    d = pickle.loads(pairs(*twice, "k0", 77, "last", 1))
    plain = {}
    for k, v in zip(d, d.values()):
        plain[k] = v
    print(n, len(d), d["k0"], list(d)[0], list(d)[-1], sys.getsizeof(d) == sys.getsizeof(plain), d == plain)
    d = pickle.loads(pairs(*twice, *twice, *twice))
    print(len(d), sys.getsizeof(d) == sys.getsizeof(dict(zip(d, d.values()))) or sys.getsizeof(d))


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        print("hash", getattr(self, "n", None))
        return 1

    def __eq__(self, other):
        return False


class Bad:
    __hash__ = None


for extra in (Key(1), Bad()):
    items = [("a", Dies(1)), ("b", Dies(2)), (extra, Dies(3)), ("c", Dies(4))]

    class Items(dict):
        pass

    class Whole:
        def __reduce__(self):
            return dict, (), None, None, iter(items)

    data = pickle.dumps(Whole())
    try:
        got = pickle.loads(data)
        print(len(got))
        del got
    except TypeError as e:
        print(e)
    del items, Whole

for data in (b"\x80\x04\x94........", b"\x80\x04(\x94..........", b"\x80\x04K\x01(\x94.........", b"h\x05...........", b"\x8c\x05ab",
             b"\x8c\x03\xff\xfe\xfdaaaaaaa.", b"\x80\x04}(K\x01u.........", b"(((((((((((((((((((((((((((((((((((N.", b"K", b"M\x01", b"J\x01\x02\x03",
             b"]\x94(K\x01K\x02M\x00\x01J\xff\xff\xff\xffNe\x94h\x00\x86.      ", b"\x8c\x01a\x94\x8c\x00\x94h\x00h\x01\x87.    "):
    try:
        print(pickle.loads(data))
    except Exception as e:
        print(type(e).__name__, e)
deep = pickle.loads(b"(" * 300 + b"N" + b"t" * 300 + b".       ")
n = 0
while deep:
    deep, n = deep[0], n + 1
print(n)

# A full table makes way for one by what is left in it.
for made in ({i: i for i in range(5)}, {str(i): i for i in range(5)}):
    for gone in range(6):
        for new in ("x", 7):
            d = dict(made.items())
            for k in list(d)[:gone]:
                del d[k]
            d[new] = 1
            print(gone, new, sys.getsizeof(d), end="; ")
    print()


# Rows of small numbers of all lengths, whole and cut off.
import io

for n in [*range(20), 63, 64, 65, 127, 128, 129, 200]:
    for row in [i % 256 for i in range(n)], [i * 40 for i in range(n)], [7, [8] * n, 9, *"ab"]:
        data = pickle.dumps(row, 4)
        assert pickle.loads(data) == pickle.load(io.BytesIO(data)) == pickle.loads(b"".join([data, b"K" * 9])) == row
rows = pickle.dumps([[1] * 9, [2] * 70], 3)
errors = {}
for end in range(len(rows)):
    try:
        pickle.loads(rows[:end])
    except Exception as e:
        errors[type(e).__name__, str(e)] = errors.get((type(e).__name__, str(e)), 0) + 1
print(errors)
