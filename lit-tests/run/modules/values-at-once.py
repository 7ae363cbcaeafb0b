# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Containers that are made at once of what is at hand: dicts of zips, lists of arrays, tuples of structs, unions of two classes.
import array
import random
import struct


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        print("==", self.n, other.n if isinstance(other, Key) else other)
        return self.n == (other.n if isinstance(other, Key) else other)

    def __repr__(self):
        return f"Key({self.n})"


print(dict(zip(["a", "b", "a"], [1, 2, 3])), dict(zip([1, 1.0, True], "abc")), dict(zip(["a"], [])), dict(zip([(1, 2), (1, 2)], [5, 6])))
print(dict(zip([Key(1), Key(2), Key(1)], [1, 2, 3])))
d = {Key(1): 0}
d.update(zip([1, 2], "xy"))
print(d)
it = zip(["a", "b"], [1, 2])
print(next(it), dict(it), dict(it))
keys = ["a", "b", "c"]
it = zip(keys, keys)
print(dict(it), list(it))
for wrong in ["a", []], [[], "a"]:
    it = zip(wrong + ["z"], [1, 2, 3])
    try:
        print(dict(it))
    except TypeError as error:
        print(error, list(it))
try:
    dict(zip(["a", "b"], [1], strict=True))
except ValueError as error:
    print(error)


class Emptying:
    def __hash__(self):
        names.clear()
        return 1


names = [Emptying(), "never", "seen"]
print(len(dict(zip(names, [1, 2, 3]))))


class Loud:
    def __del__(self):
        print("end")


values = [Loud(), 2, 3]
d = dict(zip(["a", "a", "b"], values))
values[0] = None
print(d)
print(dict.fromkeys(["a", 1, (2, 3), "a", 1.0]), dict.fromkeys([Key(5), Key(5)], 0))

print(array.array("i", [3, -1]).tolist(), array.array("d", [0.5, 2]).tolist(), array.array("u", "né").tolist(), array.array("Q", [2**63]).tolist(),
      array.array("b").tolist())
numbers = array.array("h", range(5)).tolist()
numbers.append("x")
numbers.append(array)
print(numbers[:-1])

print(struct.unpack("<bHiq", struct.pack("<bHiq", -1, 2, -3, 2**62)), struct.unpack("40B", bytes(range(40)))[-2:], struct.unpack("", b""))
print(struct.unpack(">3sd?", bytearray(struct.pack(">3sd?", b"abc", 1.5, True))), struct.Struct("<H").unpack(memoryview(b"\1\2")))
print(list(struct.iter_unpack("<HB", bytes(range(9)))), struct.unpack_from("<H", b"abcd", 1))
for wrong in (b"abc",), (b"",), ("ab",), (5,):
    try:
        print(struct.unpack("<H", *wrong))
    except (struct.error, TypeError) as error:
        print(type(error).__name__, error)

print(int | str, int | int, isinstance(1, int | str), isinstance(None, int | None), isinstance(1.5, int | str), int | str == str | int,
      (int | str) | (str | float), list[int] | list[int], None | int, isinstance(True, str | int))

for seed in 0, 1, 5, -5, 2**32 - 1, 2**32, 2**64 + 1, 3**300, 7**9000, 1.5, "text", b"bytes", True:
    generator = random.Random(seed)
    print(generator.getrandbits(32), generator.random(), generator.randrange(1000))
