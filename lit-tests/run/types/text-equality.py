# RUN: krait run %s | diff %s.out -
# == and != with a text that the source says.
class Own(str):
    def __eq__(self, other):
        print("asked", repr(str(self)), repr(other))
        return "own"

    def __ne__(self, other):
        return []

    __hash__ = str.__hash__


class Plain(str):
    pass


class Other:
    def __eq__(self, other):
        return other == "leaf"


class Silent:
    pass


class Fails:
    def __eq__(self, other):
        raise ValueError(other)


def answers(v):
    return v == "leaf", v != "leaf", bool(v == "leaf"), "yes" if v == "leaf" else "no", "no" if v != "leaf" else "yes"


def made(parts):
    return "".join(parts)


for v in ("leaf", made(["le", "af"]), made(["lea", "g"]), "lea", "leaf ", "", "\u00e9eaf", "\u4e00eaf", "leaf\U0001f600"[:4], Own("leaf"), Plain("leaf"), Plain("x"), Other(), Silent(), None, 1, 0.5, float("nan"), b"leaf", ["leaf"], True):
    print(type(v).__name__, answers(v))

try:
    if Fails() == "leaf":
        print("never")
except ValueError as e:
    print("ValueError", e)


class Node:
    def __init__(self, kind):
        self.kind = kind

    def is_leaf(self):
        return self.kind == "leaf"

    def label(self):
        return "L" if self.is_leaf() else "T"


def walk(nodes):
    return [n.label() for n in nodes]


print(walk([Node("leaf"), Node("tree"), Node(made(["le", "af"])), Node(Other()), Node(7)]))
