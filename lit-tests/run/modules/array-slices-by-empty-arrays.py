# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# An empty array assigned to an extended slice deletes it, and needs an array that may shrink.
from array import array


def assign(size, where, value):
    a = array("i", range(size))
    try:
        a[where] = value
        print(where, a)
    except Exception as e:
        print(where, type(e).__name__, e)


empty = array("i")
for where in (slice(None, None, 2), slice(None, None, -1), slice(5, 1, -2), slice(1, None, 3), slice(None, None, 100),
              slice(4, 2, 2), slice(1, 3), slice(None, None, -(2**70)), slice(0, 0)):
    assign(7, where, empty)
    assign(7, where, array("i", [8]))
    assign(0, where, empty)

a = array("i", range(5))
with memoryview(a):
    for where in (slice(0, 0), slice(None, None, 2), slice(1, 2), slice(0, 4, 2)):
        for value in (empty, array("i", [7]), array("i", [7, 8])):
            try:
                a[where] = value
                print(where, a)
            except Exception as e:
                print(where, type(e).__name__, e)
        try:
            del a[where]
        except Exception as e:
            print(where, type(e).__name__, e)
a[::2] = empty
print(a)
