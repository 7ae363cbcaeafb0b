# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Messages that show what they are about: texts of all kinds and lengths, numbers, objects whose own repr runs.


class Shown:
    def __repr__(self):
        print("asked", end=" ")
        return "<shown>"


class Text(str):
    def __repr__(self):
        return "own text"


def show(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, ascii(str(e)))


TEXTS = ["x", "", "it's", 'a "b"', "tab\t\n", "\x7f\x00", "\xe9t\xe9", "\u4e00", "\U0001f600", "\ud800", "y" * 300, "1" * 150 + "z", Text("t"), b"x", b"\xff\x00",
         bytearray(b"zz")]
for text in TEXTS:
    show(int, text)
    show(int, text, 7)
    show([].index, text)
    show([].remove, text)
    show({}.__getitem__, text)
    show({}.pop, text)
    if not isinstance(text, (bytes, bytearray)):
        show(float, text)
        show(complex, text)
        show(getattr, 5, text)
        show("a".index, text)
for v in (5, -1, 1 << 80, 2.5, None, True, Shown(), (1, "a"), [Shown()]):
    show([].index, v)
    show((1,).index, "v", 5, 6)
    show({}.__getitem__, v)
    show(int, "9", 8) if v is None else show(range(3).index, v)


class Unshown:
    def __repr__(self):
        raise KeyError("no")


try:
    [].index(Unshown())
except ValueError as error:
    print(error.args, error.__context__, error.__cause__)
