# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Arrays compared, of the same and of different kinds, and their slices.
from array import array

nan = float("nan")
for a, b in (
    (array("i", [1, 2, 3]), array("i", [1, 2, 3])),
    (array("i", [1, 2, 3]), array("i", [1, 2, 4])),
    (array("i", [1, -2]), array("i", [1, 2, 3])),
    (array("B", [1, 255]), array("b", [1, -1])),
    (array("B", [1, 2]), array("q", [1, 2])),
    (array("d", [0.0, nan]), array("d", [-0.0, nan])),
    (array("d", [0.0]), array("d", [-0.0])),
    (array("u", "ab"), array("u", "ac")),
    (array("i"), array("d")),
    (array("Q", [2**64 - 1]), array("Q", [1])),
):
    print(a == b, a != b, a < b, a <= b, a > b, a >= b)
a = array("h", range(10))
print(a[:], a[2:5], a[5:2], a[::2], a[::-3], a[-3:], a[10:], a[:] is a)
b = a[:]
b[0] = 7
print(a[0], b[0], a == b, a < b)

for code in "bBhHiIlLqQfd":
    a = array(code, [1, 2, 3, 2, 100])
    print(code, 2 in a, 2.0 in a, True in a, 5 in a, "a" in a, 2**70 in a, a.count(2), a.count(1.0), a.index(3), a.index(100, -2), a.count(None))
    a.remove(2)
    a.byteswap()
    print(a.tolist()[:2] if code not in "fd" else a.tobytes()[:16], end=" ")
    a.byteswap()
    print(a)
a = array("i", range(50))
b = array("i", list(range(49)) + [7])
print(a == b, a < b, a[:30] == b[:30], a[:30] < b, b[:30] > a, array("i") == array("i"), array("d", [nan]).count(nan), nan in array("d", [nan]))
