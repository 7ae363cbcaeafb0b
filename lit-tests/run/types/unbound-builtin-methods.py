# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# str.lower(text): the method of a builtin class with its instance as the first argument, right or wrong.
import traceback


class Text(str):
    def lower(self):
        return "own lower"


class Other(Text):
    pass


class Meta(type):
    def upper(cls):
        return "of the metaclass"


class Odd(str, metaclass=Meta):
    pass


def lower(x):
    return str.lower(x)


def get(*a):
    return dict.get(*a)


for x in "AbC", "ÉÀ", Text("QQ"), "", 5, None, b"A", Text("R"), "X", 1.5, str:
    try:
        print(repr(lower(x)), Text.upper(x), Other.lower(x), Odd.upper(x), Odd.swapcase(x))
    except Exception as e:
        print(type(e).__name__, e)
for _ in range(3):
    print(Text.lower(Text("A")), Other.strip("  s "), Odd.upper("a"), str.replace("aXa", "a", "b"), str.replace("aa", "a", "b", 1))
    print(list.pop([1, 2]), list.index([4, 5], 5), dict.get({1: 2}, 1), dict.get({}, 1, 3), set.union({1}, [2]), int.bit_length(True))
    print(float.is_integer(2.0), bytes.hex(b"ab"), str.join("-", "xyz"), str.format("{}{}", 1, 2), str.startswith("abc", "b", 1))
print(dict.get({1: 2}, *[1]), get({1: 5}, 1), get({}, 1, 7))
items = []
for i in range(5):
    list.append(items, i)
print(items, list.append(items, 9), items)
for wrong in (lambda: str.lower(), lambda: str.lower("a", 1), lambda: list.append([1]), lambda: list.append((), 1), lambda: dict.get({}), lambda: str.join("a"),
              lambda: str.lower(x="a"), lambda: str.replace("a", 1, 2), lambda: int.bit_length(1.5), lambda: bool.bit_length(2), lambda: dict.get({}, [])):
    for _ in range(2):
        try:
            print(wrong())
        except Exception as e:
            print(type(e).__name__, e)

# The class changes under the call.
Text.title = lambda self: "new title"
for i in range(4):
    print(Text.title("ab cd"))
    if i == 1:
        del Text.title
    if i == 2:
        Text.title = str.upper
try:
    for v in ["a", 3]:
        print(str.upper(v))
except TypeError:
    print(traceback.format_exc().splitlines()[-1])
