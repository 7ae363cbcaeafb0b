# What modules-patched.py changes from outside.
factor = 2
table = [1, 2, 3]
def area(w, h): return w * h * factor
def helper(x): return x + 1
def uses_helper(x): return helper(x) * 10
class Shape:
    sides = 4
    def __init__(self, w): self.w = w
    def area(self): return self.w * self.sides
def total(n):
    s = 0
    for i in range(n): s += helper(i) + len(table)
    return s
def calls_back(n, f):
    s = 0
    for i in range(n):
        f(i)
        s += helper(i) * factor + abs(-1)
    return s
def generator(n):
    for i in range(n): yield helper(i) * factor
