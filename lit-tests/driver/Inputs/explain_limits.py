"""Prints a program that reaches the limits of versions."""
BODY = """\
    c = a * b + a - b; d = c * b + c - a; e = d * a + d - c; f = e * b + e - d
    g = f * a + f - e; h = g * b + g - f; i = h * a + h - g
    return i
"""

for number in range(8):
    print(f"class C{number}:\n    def __init__(self, x):\n        self.x = x\n\n    def many(self):\n        return self.x + {number}\n")
print("def calls_many(things, n):  # many-callees\n    total = 0\n    for thing in things:\n        total += thing.many() + n * 2\n    return total\n")
print("def long(a, b):  # too-large\n    for i in range(a):")
for number in range(500):
    print(f"        a = a * b + {number}")
print("    return a\n")
print(f"def small(a, b):\n{BODY}")
print("def full(a, n):  # function-full\n    for i in range(n):")
for number in range(40):
    print(f"        a += small(i, {number})")
print("    return a\n")
print("def bound(x, by=1):\n    while x > 3:\n        x -= by\n    return x\n")
print("def binds(n):  # bound-call\n    for i in range(n):\n        bound(i)\n")
