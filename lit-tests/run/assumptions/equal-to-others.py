# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# `x == 3` and `x != n` of what is None at times, or anything else: floats that are equal to ints, an __eq__ that answers with what is no truth
# value, raises, or changes what the loop looks at, and objects that die behind the comparison.


class Never:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        print("eq", self.name, other)
        return [] if self.name == "empty" else "yes"

    def __del__(self):
        print("del", self.name)


class Raises:
    def __eq__(self, other):
        raise ValueError(f"no {other}")


class Int(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


class Holder:
    def __init__(self):
        self.kind = None
        self.count = 0

    def need(self, i):
        if i % 3 == 0:
            return None
        return i % 5


def counts(values, n):
    held = dict(values)
    total = 0
    for i in range(n):
        if held.get(i) == 12:
            total += 1
        if held.get(i) != i:
            total += 10
        if 3 == held.get(i):
            total += 100
    return total


def needs(n):
    h = Holder()
    total = 0
    for i in range(n):
        if h.need(i) == 3:
            total += 1
        if h.kind == 5:
            total += 10
        if h.kind != i:
            total += 100
        h.kind = 5 if i % 2 else None
    return total


def kinds(h, all, n):
    total = 0
    for value in all:
        h.kind = 2
        for i in range(n):
            try:
                if h.kind == 2:
                    total += 1
                if h.kind != i:
                    total += 10
            except ValueError as e:
                print(e)
            if i == 1:
                h.kind = value() if isinstance(value, type) else value
    return total


class Changes:
    def __eq__(self, other):
        holder.kind = 7
        return True


holder = Holder()
print(counts([(i, 2 * i) for i in range(0, 20, 3)], 25), needs(31))
print(counts([(1, "x"), (2, 12.0), (3, True), (4, 2**70), (5, Int(9)), (6, None), (0, 3.0)], 9))
print(kinds(holder, [None, 2.0, True, "2", 2**64, Int(4), Raises, Changes, (2,)], 4), holder.kind)


def deaths(n):
    total = 0
    table = {1: 5}
    for i in range(n):
        table[i] = Never("empty" if i % 2 else "full")
        if table.pop(i) == 3:
            total += 1
        if table.get(i) == i:
            total += 10
    return total


print(deaths(4))
