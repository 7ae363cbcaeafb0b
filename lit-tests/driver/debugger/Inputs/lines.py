"""What every line sees: arguments, locals, cells, generators, handlers, numbers that become raw."""
import sys

level = 3
names = ["ann", "bob"]


class Item:
    unit = "g"

    def __init__(self, name, price):
        self.name = name
        self.price = price

    def cost(self, count, rate=1.5):
        net = self.price * count
        gross = net * rate
        gross = gross + 1
        return gross


def counter(start):
    n = start
    seen = []

    def step(by):
        nonlocal n
        n = n + by
        seen.append(n)
        return n
    step(1)
    first = n
    return step


def squares(limit):
    for i in range(limit):
        square = i * i
        got = yield square
        last = got
    done = True
    return done


def mean(values):
    total = 0.0
    count = 0
    for v in values:
        total = total + v * 0.5
        count = count + 1
    average = total / count
    return average


def caught(depth):
    if depth == 0:
        reason = "deep"
        raise ValueError(reason)
    try:  # no stop: does nothing
        found = caught(depth - 1)
    except ValueError as e:
        text = str(e)
        found = text
    finally:
        end = depth  # no stop: the other way to the `finally` has it
    del end
    return found


def many(a, /, b, *rest, key=None, **more):
    pair = a, b
    a = 7
    x = y = rest
    big = 2 ** 70
    small = -5
    data = b"by\x00", 1.5, 3 + 4j, {1}, {"k": [None, True]}, "h\u00e9"
    inner = [a * z for z in rest]
    with_default = more or None
    i = 0
    while i < 2:
        i += 1
        if i == 1:
            continue  # no stop: does nothing
        level = i
    z = lambda q: q + a
    z(1)
    return pair


def main():
    item = Item("nut", 2.5)
    price = item.cost(4)
    step = counter(10)
    got = step(5)
    for s in squares(3):
        last = s
    m = mean([1.0, 2.0, 3.5])
    c = caught(1)
    r = many(1, 2, 3, 4, key="k", more=5)
    r = many("a", None)
    return r


main()
