# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# What functions give is guessed to be a number; in the middle of a loop or recursion it is something else, None, or an error.
class Odd:
    def __radd__(self, other): return f"{other}+odd"
    def __add__(self, other): return f"odd+{other}"
    def __del__(self): print("odd dies")


def at(n):
    if n == 7: return 7.5
    if n == 11: return 2**65
    if n == 13: return True
    if n == 17: return kinds.pop() if kinds else n
    if n > 40: return at(n - 20)
    return n


def total(n):
    t = 0
    for i in range(n):
        t = t + at(i) * 2 + at(i + 1)
    return t


kinds = []
print(total(5), total(9), total(12), total(16), total(50))
for kind in ("text", None, [1], float("nan"), -2**61, Odd()):
    kinds[:] = [kind]
    try:
        print(total(20))
    except TypeError as e:
        print(e)
del kind


def tree(n):
    if n < 1: return 1
    if n == 3 and special: return special.pop()
    return tree(n - 1) + tree(n - 2)


special = []
print(tree(10))
for kind in (1.5, 2**70, None, "x", Odd()):
    special[:] = [kind]
    del kind
    try:
        print(tree(8))
    except TypeError as e:
        print(e)


class Node:
    def __init__(self, left, value):
        self.left = left
        self.value = value

    def size(self):
        if self.left is None: return self.value
        return self.left.size() + self.left.size() * 2 + 1


print(Node(Node(Node(None, 1), 0), 0).size())
for leaf in (1.25, 2**64, "a", None):
    try:
        print(Node(Node(Node(None, leaf), 0), 0).size())
    except TypeError as e:
        print(e)


def failing(n):
    if n < 1: return 1 // n
    return failing(n - 1) + failing(n - 2)


def caught(n):
    t = 0
    for i in range(n):
        try:
            t += at(i) + failing(i) + at(i)
        except ZeroDivisionError:
            t += 1000
    return t


print(caught(4))
