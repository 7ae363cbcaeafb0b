# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Comparing dicts: alike, in another order, with keys and values that run code and change the dicts meanwhile.
nan = float("nan")


class Told:
    def __init__(self, name, act=None):
        self.name, self.act = name, act

    def __eq__(self, other):
        print("asked", self.name, getattr(other, "name", other))
        if self.act:
            self.act()
        return True

    def __hash__(self):
        return 7


a = {"a": 1, "b": [2], "c": "x"}
print(a == {"a": 1, "b": [2], "c": "x"}, a == {"c": "x", "b": [2], "a": 1}, a == {"a": 1, "b": [3], "c": "x"})
print(a == {"a": 1, "b": [2], "d": "x"}, a == {"a": 1, "b": [2]}, a != dict(a), {} == {})
print({"n": nan} == {"n": nan}, {"n": nan} == {"n": float("nan")}, {1: True, 2.0: "x"} == {1.0: 1, 2: "x"})
b = dict(a)
del b["a"]
b["a"] = 1
print(a == b, b == a, list(b))
del b["a"]
print(a == b, b == {"b": [2], "c": "x"})
print({"k": Told("left")} == {"k": Told("right")})
print({Told("one"): 1} == {Told("two"): 1})

left, right = {"p": None, "q": 1}, {"p": None, "q": 1}
left["p"] = Told("clears", right.clear)
right["p"] = Told("cleared")
print(left == right)
left, right = {"p": None, "q": 1}, {"p": None, "q": 1}
left["p"] = Told("grows", lambda: left.update({i: i for i in range(20)}))
right["p"] = Told("other")
print(left == right)
left = {"p": Told("replaces", lambda: left.update(p=0))}
right = {"p": Told("replaced", None)}
print(left == right, left)


class Point:
    def __init__(self, x):
        self.x, self.y = x, 2


print(vars(Point(1)) == vars(Point(1)), vars(Point(1)) == vars(Point(2)), vars(Point(1)) == {"y": 2, "x": 1})


class Clearing:
    def __init__(self, compared, dying):
        self.compared, self.dying = compared, dying

    def __hash__(self):
        return 13

    def __eq__(self, other):
        self.compared.clear()
        return True

    def __del__(self):
        self.dying.clear()


# A key's comparison empties one dict, and its death the other.
first, second = {}, {}
first[Clearing(first, second)] = 0
second[Clearing(first, second)] = Clearing(first, second)
print(first == second, first, second)
first, second = {}, {}
first[Clearing(first, second)] = Clearing(first, second)
second[Clearing(first, second)] = Clearing(second, first)
print(first == second, first, len(second))
