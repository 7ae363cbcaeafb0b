"""A module."""
import math
counter = 0
def add(a, b=2, *, c: int = 3) -> int:
    """Adds."""
    return a + b + c
class P:
    """A point."""
    def __init__(self, x, y=1): self.x, self.y = x, y
    def __repr__(self): return f"P({self.x}, {self.y})"
    def __eq__(self, o): return isinstance(o, P) and (self.x, self.y) == (o.x, o.y)
    def norm(self): return math.hypot(self.x, self.y)
    @property
    def double(self): return self.x * 2
    @classmethod
    def make(cls): return cls(5)
    @staticmethod
    def st(a): return a + 1
def gen(n):
    for i in range(n): yield i * i
def fail(x):
    raise ValueError("bad", x)
def callback(f, n):
    return [f(i) for i in range(n)]
def bump():
    global counter
    counter += 1
    print("bump", counter)
def nap(seconds):
    import time
    time.sleep(seconds)
def over(items):
    for x in items: yield x
