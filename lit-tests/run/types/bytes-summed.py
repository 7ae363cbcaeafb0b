# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Going through bytes: sum() at once, iterators as they always were.
class Data(bytes):
    pass


class Own(bytes):
    def __iter__(self):
        return iter([1.5, 2])


for data in b"", b"\x01", bytes(range(256)) * 5, b"\xff" * 1000, Data(b"ab"), Own(b"ab"), bytearray(b"abc"), memoryview(b"ab"):
    print(sum(data), sum(data, 5), sum(data, -2**62), sum(data, 2**62 - 1), sum(data, 2**70), sum(data, 0.5), sum(data, True), sum(data, start=2))
    print(len(list(data)), len([x for x in data]), max(data, default=None), [*zip(data, data)][:2], any(data), sorted(data)[:3])
it = iter(b"abc")
print(next(it), it.__length_hint__(), list(it), next(it, "end"), list(it))
it = iter(bytearray(b"ab"))
print(next(it), next(it), next(it, "end"), next(it, "end"))
growing = bytearray(b"a")
for c in growing:
    if len(growing) < 4:
        growing.append(c + 1)
print(growing)
for start in "", b"", bytearray():
    try:
        sum(b"ab", start)
    except TypeError as e:
        print(e)
try:
    sum(b"ab", [])
except TypeError as e:
    print(e)
