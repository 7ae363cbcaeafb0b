# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Operators of builtin numbers with another of their kind or an int, with others, and with those that take over.
import operator
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from array import array
from collections import Counter, deque
class D(Decimal):
    def __add__(self, o): return "D+"
    def __radd__(self, o): return "+D"
    def __lt__(self, o): return "D<"
    def __gt__(self, o): return "D>"
class I(int):
    def __radd__(self, o): return "+I"
    def __rsub__(self, o): return "-I"
values = [Decimal("1.5"), Decimal("NaN"), 3, 1 << 70, True, 2.5, 1j, timedelta(1), date(2020, 1, 2), D("2"), I(4), "s", (1,), [2], {3}, frozenset((3,)),
          array("i", [1]), Counter("ab"), deque([1]), b"x", bytearray(b"y"), None]
def show(f, a, b):
    try: r = f(a, b)
    except Exception as e: return f"{type(e).__name__}: {e if type(a) is not array else '…'}"
    return repr(sorted(r, key=repr)) if isinstance(r, (set, frozenset)) else repr(r)
def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def div(a, b): return a / b
def lt(a, b): return a < b
def ge(a, b): return a >= b
def eq(a, b): return a == b
def ne(a, b): return True if a != b else False
def iflt(a, b):
    if a < b: return "yes"
    return "no"
def iadd(a, b):
    if isinstance(a, (list, set, deque, bytearray, array, Counter)): a = a.copy() if not isinstance(a, array) else array("i", a)
    a += b
    return a
def isub(a, b):
    if isinstance(a, (set, Counter)): a = a.copy()
    a -= b
    return a
def imul(a, b):
    if isinstance(b, int) and b > 9 or isinstance(a, int) and a > 9: return 0
    if isinstance(a, (list, deque, bytearray, array)): a = a[:] if not isinstance(a, deque) else a.copy()
    a *= b
    return a
def itruediv(a, b):
    a /= b
    return a
for f in (add, sub, mul, div, lt, ge, eq, ne, iflt, iadd, isub, imul, itruediv):
    for a in values:
        print(f.__name__, repr(a), *[show(f, a, b) if f is not mul or not (type(a) is int and a > 9 or type(b) is int and b > 9) else 0 for b in values], sep=" ; ")


class Left(timedelta):
    def __radd__(self, o): return f"Left+ {o}"
    def __lt__(self, o): return "Left<"
    def __gt__(self, o): return "Left>"
class Days(date):
    def __sub__(self, o): return f"Days- {o}"
class Table(dict):
    def __ror__(self, o): return "Table|"
others = [date(2020, 1, 31), datetime(2020, 2, 28, 23), datetime(2020, 2, 28, 23, tzinfo=timezone.utc), timedelta(2, 7200), Left(1), Days(2021, 3, 4),
          {1: 2}, Table({3: 4}), {1}, frozenset({1, 2}), {1: 5}.keys(), int, list[int], None, 5]
for f in (add, sub, lt, ge, eq, iflt, iadd, isub, operator.and_, operator.or_, operator.xor, lambda a, b: a & b, lambda a, b: a | b, lambda a, b: a ^ b):
    for a in others:
        print(f.__name__, repr(a), *[show(f, a, b) for b in others], sep=" ; ")
