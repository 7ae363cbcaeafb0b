# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Two bools are compared as what they are; a bool and something else as the other likes.
import operator


class Asked:
    def __eq__(self, other):
        return ("asked", other)

    def __lt__(self, other):
        return "less"


OPERATORS = operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge
VALUES = False, True, 0, 1, 2, -1, 0.0, 1.0, float("nan"), None, "", "True", (), 2**70, 1j


def show(op, a, b):
    try:
        return op(a, b)
    except TypeError as e:
        return str(e)


for a in (False, True):
    for b in VALUES:
        print(a, b, [show(op, a, b) for op in OPERATORS], [show(op, b, a) for op in OPERATORS])


def tests(a, b):
    found = []
    if a == b: found.append("==")
    if a != b: found.append("!=")
    if a < b: found.append("<")
    if a <= b: found.append("<=")
    if a > b: found.append(">")
    if a >= b: found.append(">=")
    return found


for a in (False, True, 0, 1, 0.5):
    print(a, [tests(a, b) for b in (False, True)])
print(True == Asked(), Asked() == False, True > Asked(), Asked() < True)
text, members = "some text", frozenset("aeiou")
print([c for c in text if (c in members) != (c > "n")], [(c in "xyz") == (c in members) for c in text])
print(sorted([True, False, True, False]), max(False, True), min([True, False]), sorted([(True, 2), (False, 3), (True, 1)]))
