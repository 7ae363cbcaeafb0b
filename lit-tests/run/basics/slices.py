# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
"""Subscripts by slices: builtin sequences need no slice object; everybody else gets one."""


class Log:
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        print("index", self.n)
        return self.n

    def __del__(self):
        print("dies", self.n)


class Items(list):
    def __getitem__(self, key):
        return ("own", key)


o = Log()
print(o[1:2], o[:], o[::2], o[1:2, 3], o[1:2:3] == slice(1, 2, 3))
o[1:] = 5
o[:1:2] = 6
del o[1:2]
print(Items([1, 2, 3])[1:])

items = list(range(10))
for start in (None, 0, 3, -3, 20, -20, True):
    for stop in (None, 0, 5, -1, 20, -20):
        for step in (None, 1, 2, -1, -3):
            assert items[start:stop:step] == [items[i] for i in range(*slice(start, stop, step).indices(10))]
            assert tuple(items)[start:stop:step] == tuple(items[start:stop:step])
            assert "0123456789"[start:stop:step] == "".join(map(str, items[start:stop:step]))
            assert b"0123456789"[start:stop:step] == "0123456789"[start:stop:step].encode()
print(items[2**70:], items[-2**70:3], items[: 2**62], items[-(2**62):2])

for text in ("items[::0]", "items['a':]", "5[1:2]", "items[1.5:]", "(1, 2)[::0]", "'ab'[None:'x']"):
    try:
        eval(text)
    except Exception as e:
        print(type(e).__name__, e)

print(items[Index(1):Index(4):Index(2)])
try:
    items[Index(1):Index(2)] = 5
except TypeError as e:
    print(e)
items[1:4] = "xyz"
items[::4] = iter("abc")
print(items)
items[-1:] = items
items[5:5] = [0]
print(items, len(items))
try:
    items[::2] = [1]
except ValueError as e:
    print(e)
items[:] = []
print(items)
grow = [1]
grow[1:] += [2, 3]
print(grow)

# Source text takes another way through the compiler.
exec("p = [1, 2, 3]\np[:] = p[1:]\nprint(p)\np[0:1] = (7, 8)\nprint(p)\ndel p[::2]\nprint(p)")

# Steps beyond every sequence: the index after the last one is no number of 64 bits.
import sys
for step in sys.maxsize, -sys.maxsize - 1, 10**30:
    items = [1, 2, 3]
    items[1::step] = [9] if step > 0 else [8, 7][:len(items[1::step])]
    print(items, items[2::step], (4, 5, 6)[1::step], "abc"[2::step], b"abc"[1::step], bytearray(b"abc")[2::step])
    del items[1::step]
    octets = bytearray(b"abc")
    del octets[1::step]
    print(items, octets)
