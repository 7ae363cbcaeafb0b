# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The frame of a comprehension that fails holds cells, not what these held: a captured variable that is bound anew in the handler lets go of its value.


class Loud:
    def __init__(self, name, number=1):
        self.name = name
        self.number = number

    def __del__(self):
        print("del", self.name)


def of_list():
    a = Loud("a")
    try:
        return [x / 0 if a else 0 for x in [1]]
    except ZeroDivisionError as e:
        a = None
        print("bound anew")
    print("after")


def of_set(n):
    b = Loud("b")
    c = Loud("c")
    kept = None
    try:
        return {b.number // i + c.number for i in range(n)}
    except ZeroDivisionError as e:
        del b
        print("deleted")
        kept = e
    c = 5
    print("kept", kept)
    kept = None
    print("after")


def of_dict(rows):
    d = Loud("d")
    try:
        return {k: v + d.number for k, v in rows}
    except TypeError as e:
        d = d.name
        print("bound anew")
    print("after", d)


def of_nested(rows):
    e = Loud("e")
    try:
        return [[cell // e.number for cell in row] for row in rows]
    except TypeError:
        e = 0
        print("bound anew")
    print("after", e)


def own_variables_stay():
    f = Loud("f")
    try:
        return [1 // x for x in [0] if (y := f) for z in [Loud("z")]]
    except ZeroDivisionError:
        f = y = None
        print("bound anew")
    print("after")


def fine(n):
    g = Loud("g", 3)
    print([g.number * i for i in range(n)], sum([g.number for i in range(n)]))
    g = None
    print("after")


for call in (of_list, lambda: of_set(2), lambda: of_dict([(1, 2), (3, "x")]), lambda: of_nested([[1], ["x"]]), own_variables_stay, lambda: fine(3)):
    for repeat in range(2):
        call()
