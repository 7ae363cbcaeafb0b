# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops of a large module's body, which become functions of their own, and have the body's frame all the same.
import os
import sys
import traceback


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def show(error):
    for entry in traceback.extract_tb(error.__traceback__):
        print("  ", entry.name, entry.lineno, entry.line)


def fail(n):
    return 1 // n


# What they bind is the module's.
total, squares, calls = 0, {}, []
for number in range(400):
    total += number
    squares[number] = number * number
    if number % 100 == 99:
        calls.append(lambda: number)
print(total, len(squares), [call() for call in calls], number)

# Floats, nested loops, a loop whose version is left.
grid = [[float(x * y) for x in range(20)] for y in range(20)]
sums = 0.0
for row in grid:
    for column in range(len(row)):
        sums += row[column] * 0.5
        if column == 19:
            row[column] = "end"
print(sums, grid[3][17:], row[-1], column)

# break, continue, else.
for candidate in range(2, 60):
    for divisor in range(2, candidate):
        if candidate % divisor == 0:
            break
    else:
        if candidate % 10 != 7:
            continue
        print("prime", candidate)
else:
    print("all", candidate)
while True:
    candidate -= 7
    if candidate < 0:
        break
else:
    print("never")
print(candidate)

# Errors that are handled in the loop, and behind it.
for divisor in (2, 1, 0, 3, 0):
    try:
        print(fail(divisor))
    except ZeroDivisionError as error:
        show(error)
    finally:
        print("finally", divisor)
try:
    for divisor in (2, 1, 0, 3):
        print(fail(divisor))
except ZeroDivisionError as error:
    show(error)
for item in [1]:
    try:
        raise KeyError(item)
    except KeyError as error:
        kept = error
        print(sys.exc_info()[1] is error)
print(sys.exc_info(), "error" in globals(), 1)

# Deaths: of what is rebound, of iterators and what they hold.
for name in "abc":
    loud = Loud(name)
    if name == "b":
        del loud
        print("deleted")
del loud
for loud in iter([Loud("x"), Loud("y"), Loud("z")]):
    if loud.name == "y":
        break
print("left")
loud = None
print("none")

# Definitions, imports, classes, comprehensions and generators within.
for n in range(3):
    import string

    def power(x, n=n):
        return x**n

    class Point:
        dimension = n

        def __repr__(self):
            return f"Point of {self.dimension}"

    made = {k: v for k, v in zip(string.ascii_lowercase, (power(x) for x in range(4)))}
    print(n, made, Point(), power.__qualname__, Point.__qualname__, sum(x * n for x in range(4)), any(x > n for x in [n]))

# What asks for variables.
for visible in range(2):
    here = locals()
    print(here is globals(), "visible" in dir(), vars()["visible"], eval("visible + 1"))
    exec("made_by_exec = visible * 10")
print(made_by_exec)

# Names that are deleted or not there.
for gone in range(2):
    pass
del gone
for attempt in range(2):
    try:
        print(gone)
    except NameError as error:
        print(error)
    len = lambda x: "own"
    print(len([]))
    del len
    print(len([]))

# with, match, walrus, unpacking, starred, strings.
for pair in [(1, 2), [3, 4, 5], "ab", {"key": 1}, 7]:
    match pair:
        case (a, b):
            print("two", a, b)
        case [first, *rest]:
            print("more", first, rest)
        case {"key": value}:
            print("dict", value)
        case str():
            print("text", pair)
        case _:
            if (length := pair + 1) > 7:
                print("other", length)
for (key, (left, *right)), mark in zip({"k": (1, 2, 3), "l": "xyz"}.items(), "+-"):
    print(f"{key}{mark} {left!r:>5} {right}")

# Large and odd numbers.
big = 1
for exponent in range(70):
    big *= 2
    if exponent > 58:
        big -= 1
print(big)
mixed = 0
for step in [1, 2.5, True, 3j, -0.0]:
    mixed = mixed + step
    print(mixed, end=" ")
print()

# Dicts and sets that change, and slices.
counts = {}
for word in "the cat and the dog and the bird".split():
    counts[word] = counts.get(word, 0) + 1
for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
    print(word, count, end="; ")
    counts[word] -= count
print(counts)
try:
    for word in counts:
        counts[word + "s"] = 1
except RuntimeError as error:
    print(error)
window = list(range(12))
for start in range(0, 12, 4):
    window[start : start + 2] = window[start + 1 :: -1][:2]
    print(window)

# An error that leaves the body.
def hook(kind, error, entries):
    show(error)
    sys.stdout.flush()
    os._exit(0)


sys.excepthook = hook
for divisor in range(3, -1, -1):
    print(fail(divisor))
