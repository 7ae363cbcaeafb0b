# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# int, float, str and bool as functions of map and sorted: what they give for all kinds of arguments, and their errors.


class Indexed:
    def __index__(self): return 6
    def __repr__(self): return 'Indexed()'


class Text(str):
    def __int__(self): return 41
    def __float__(self): return 4.5


class Number(int):
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __str__(self): return "seven"


values = ["12", " 12\n", "-5", "+7", "1_000", "0", "-0", "007", "123456789012345678", "1234567890123456789", "-12345678901234567890", "\u0663\u0664", "",
          " ", "x", "1__0", "_1", "1.5", "1e3", " inf", "nan", "inf", "+inf", "-inf\n", "INF", "Infinity", "-infinity", "-nan", "+NaN", "infi", "in", "+", "--inf", "i\0f", "-0.0", "0x10", "1e400", "é", 3, -3, 2 ** 61, 2 ** 62, 2 ** 80, True, False, 2.9, -2.9, 1e30, -0.0,
          float("inf"), float("nan"), 1e-320, None, b"12", bytearray(b"13"), b"x", Text("5"), Number(9), 1j, Indexed(), [1], ()]


def show(convert, v):
    try:
        result, = map(convert, [v])
        return f"{type(result).__name__} {result!r}"
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for v in values:
    print(repr(v), *[show(convert, v) for convert in (int, float, str, bool)], sep=" ; ")
print(sorted(["10", "9", " 8 ", "-7"], key=int), sorted(["1e1", "9", "-inf"], key=float), list(map(int, "1 22 333".split())))
one = [3, 2.5, "s"]
print([a is b for a, b in zip(one, map(lambda convert, v: convert(v), (int, float, str), one))])
