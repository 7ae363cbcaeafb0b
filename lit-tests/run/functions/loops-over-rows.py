# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops over what stands in the text: each round has its items, which die with the loop, the last first, however it ends; what is evaluated
# is evaluated once, before the first round, in its order.
class Loud:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n)

    def __eq__(self, other):
        print("eq", self.n)
        return self.n == other


def loud(n):
    print("make", n)
    return Loud(n)


def pairs(how):
    for a, b in ((loud(1), loud(2)), [loud(3), loud(4)]):
        print("round", a.n, b.n)
        if how == "break":
            break
        if how == "return":
            return "returned"
        if how == "raise":
            raise ValueError
        a = None
    else:
        print("all")
    print("after")


for how in ("", "break", "return", "raise"):
    try:
        print(how, pairs(how))
    except ValueError:
        print("caught")


def single(k):
    for x in (loud(1), loud(2), loud(3)):
        if x.n == k:
            break
    else:
        print("none")
    x = None
    print("after")


single(2)
single(5)


def around(x, y, w, h):
    for a, b in [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]:
        if 0 <= a < w and 0 <= b < h:
            yield a, b


print(list(around(0, 0, 3, 3)), list(around(1, 1, 3, 3)), list(around(0.5, 2**70, 3, 2**71)))


def left_early():
    for a, b in ((loud(1), 2), (3, loud(4))):
        yield b


steps = left_early()
print(next(steps))
steps.close()
print("closed")


def mixed(x):
    out = []
    for name, v in (("a", x), ("b", x * 2), ("c", None)):
        out.append(f"{name}={v}")
    return out


print(mixed(3), mixed("u"))


def own_name(x):
    seen = []
    for x in (x, x + 1, (x := 9), x):
        seen.append(x)
    return seen, x


print(own_name(5))


def fails(zero):
    for x in (print("first"), 1 // zero):
        print("never")


try:
    fails(0)
except ZeroDivisionError as e:
    print(e, e.__traceback__.tb_next.tb_lineno - fails.__code__.co_firstlineno)
try:
    for a, b in ((1, 2), (3, 4, 5)):
        print(a, b)
except ValueError as e:
    print(e)


def nested():
    found = []
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            if (dx, dy) == (0, 0):
                continue
            found.append((dx, dy))
    return found


print(nested())


def unbound():
    for x, y in ((1, 2), (3, 4)):
        del x
    return y, "x" in locals()


print(unbound())

# In comprehensions, whose first iterable is made outside.
print([(i, j) for i in (1, 2) for j in (i, i * 2)], {a * b for _ in "ab" for a, b in ((1, 2), (3, 4))})
print(any(x == 2 for _ in range(2) for x in (loud(1), loud(2), loud(3))))
print([a.n + b.n for _ in range(2) for a, b in ((loud(1), loud(2)), (loud(3), loud(4)))])
print(list(zip(*((k, v) for k in "ab" for v in (k, k + k)))))
gen = (x.n for _ in "a" for x in (loud(1), loud(2)))
print(next(gen))
del gen
print("end")
