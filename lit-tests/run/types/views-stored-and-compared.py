# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is stored into slices of memoryviews, what they are equal to, and how they are iterated.
import array


def attempt(name, f):
    try:
        print(name, f())
    except Exception as e:
        print(name, type(e).__name__, e)


def store(target, where, value):
    target[where] = value


b = bytearray(b"hello world")
m = memoryview(b)
m[0:3] = b"HEL"
m[6:] = bytearray(b"WORLD")
print(b)
m[1:6] = m[0:5]
print(b)
m[0:5] = m[1:6]
print(b)
m[::2] = b"......"
print(b)
m[::-1] = bytes(m)
print(b)
m[3:3] = b""
m[5:2] = b""
attempt("short", lambda: store(m, slice(0, 3), b"ab"))
attempt("format", lambda: store(m, slice(0, 4), array.array("b", [1, 2, 3, 4])))
attempt("int", lambda: store(m, slice(0, 1), 1))
attempt("str", lambda: store(m, slice(0, 1), "a"))
attempt("step", lambda: store(m, slice(0, 1, 0), b"a"))
attempt("delete", lambda: m.__delitem__(slice(0, 1)))
attempt("frozen", lambda: store(memoryview(b"abc"), slice(0, 1), b"x"))
attempt("resize", lambda: b.append(1))

a = array.array("i", range(8))
v = memoryview(a)
v[2:5] = array.array("i", [20, 30, 40])
v[::3] = array.array("i", [-1, -2, -3])
print(a, v[1::2].tolist())
attempt("bytes into ints", lambda: store(v, slice(0, 1), b"abcd"))
square = memoryview(bytearray(range(12))).cast("B", (3, 4))
attempt("two dimensions", lambda: store(square, slice(0, 1), b"abcd"))
attempt("from two", lambda: store(memoryview(bytearray(12)), slice(0, 12), square))


class Index:
    def __init__(self, view):
        self.view = view

    def __index__(self):
        self.view.release()
        return 1


w = memoryview(bytearray(5))
attempt("released", lambda: store(w, slice(0, Index(w)), b"a"))

text = memoryview(b"abc")
print(text == b"abc", b"abc" == text, text == bytearray(b"abc"), text != b"abd", text == "abc", text == b"abcd", text == 5)
print(memoryview(b"abcdef")[::2] == b"ace", memoryview(b"abcdef")[::-1] == b"fedcba")
print(v == a, v == a.tolist(), memoryview(array.array("d", [1.0, 2.0])) == array.array("i", [1, 2]), v[:0] == b"")
nan = array.array("d", [float("nan")])
print(memoryview(nan) == nan, memoryview(nan) == memoryview(nan))
print(square == memoryview(bytes(range(12))), square == memoryview(bytes(range(12))).cast("B", (3, 4)))
gone = memoryview(b"abc")
gone.release()
print(gone == gone, gone == b"abc", text == gone)

for x in m[:4]:
    print(x, end=" ")
for x in v:
    print(x, end=" ")
for x in memoryview(array.array("d", [0.5, 2.5])):
    print(x, end=" ")
for x in memoryview(b"xyz").cast("c"):
    print(x, end=" ")
print(list(m[::3]), tuple(v[:3]), sum(v), max(m), sorted(v), [*text], list(reversed(text)))
it = iter(text)
print(next(it), list(it), list(it), next(it, "end"))
late = memoryview(b"abcd")
it = iter(late)
print(next(it))
late.release()
attempt("next", lambda: next(it))
attempt("list", lambda: list(it))
late = memoryview(b"ab")
it = iter(late)
next(it), next(it)
late.release()
attempt("behind", lambda: next(it, "end"))
attempt("no iterator", lambda: iter(square))

attempt("nor dimension", lambda: iter(memoryview(b"a").cast("B", ())))
unread = iter(memoryview(array.array("u", "ab")))
attempt("no items", lambda: next(unread))
attempt("no items", lambda: memoryview(array.array("u", "ab"))[0])
letters = memoryview(array.array("u", "abcd"))
letters[:2] = letters[2:]
print(letters.obj)
attempt("no such item", lambda: store(letters, 0, "a"))
