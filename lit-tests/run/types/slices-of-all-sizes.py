# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Slices with plain bounds are cut without a slice object; what is whole is itself; subclasses and other keys go their own way.
# Lists are filled from generators without a look at their __next__.
class Text(str):
    def __getitem__(self, key):
        return "own", key


class Words(tuple):
    pass


class Number:
    def __index__(self):
        return 2


bounds = [None, 0, 1, 2, 3, 4, 9, -1, -2, -3, -4, -9, 1 << 70, -(1 << 70), True]
for thing in ("abc", "aßc", "a€c", "\U0001f600bc", (1, 2, 3), [1, 2, 3], b"abc", Words((1, 2, 3)), range(3), "", (), []):
    print(type(thing).__name__, [thing[i:j] for i in bounds for j in bounds])
    print([thing[i:j:k] for i in bounds[:9] for j in bounds[:9] for k in (1, -1, 2, None)] == [thing[slice(i, j, k)] for i in bounds[:9] for j in bounds[:9] for k in (1, -1, 2, None)])
    whole = thing[:]
    print(whole is thing, type(whole).__name__, type(thing[1:]).__name__)
print(Text("abc")[1:], Text("abc")[:], "abc"[Number():], (1, 2, 3)[:Number()])
for key in ("x", 1.5):
    for thing in ("abc", (1, 2), [1, 2]):
        try:
            print(thing[key:])
        except TypeError as e:
            print(e)


def numbers(n, end=None):
    for i in range(n):
        yield i
    if isinstance(end, BaseException):
        raise end
    return end


for end in (None, 5, ValueError("bad"), StopIteration(3), KeyError("k")):
    try:
        held = [7]
        held.extend(numbers(4, end))
        print(list(numbers(3, end)), held)
    except Exception as e:
        print(type(e).__name__, e, held)


def greedy():
    yield 1
    yield list(g)


g = greedy()
try:
    print(list(g))
except ValueError as e:
    print(e)
print(list(g))


def growing(l):
    for i in range(3):
        l.append("inner")
        yield i


l = []
l.extend(growing(l))
print(sorted(map(str, l)))
used = numbers(3)
next(used)
print(list(used), list(used), [*numbers(2)])


class Meta(type):
    def __call__(cls, *args):
        return "metaclass", args


class Made(metaclass=Meta):
    pass


for cls in (int, str, list, tuple, set, dict, object, type, enumerate, range, Made, type(None), type(numbers(1)), slice, zip):
    for args in ((), ((1, 2),), (1,), (1, 2), ("7", 8)):
        try:
            made = cls(*args)
            print(cls.__name__, args, made if cls not in (object, enumerate, zip) else type(made).__name__)
        except TypeError as e:
            print(cls.__name__, args, "TypeError", e)
        except ValueError as e:
            print(cls.__name__, args, "ValueError", e)
