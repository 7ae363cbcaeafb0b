# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is said by the builtins that bind their arguments by themselves: constructors with a wording of their own, and older methods.
from collections import deque


def said(call):
    try:
        call()
        print("made")
    except Exception as e:
        print(type(e).__name__, e)


class Counted(enumerate): pass
class Zipped(zip): pass


said(lambda: enumerate())
said(lambda: enumerate(start=1))
said(lambda: enumerate(other=1))
said(lambda: enumerate(other=1, more=2))
said(lambda: enumerate(start=1, other=2))
said(lambda: enumerate(start=1, iterable=[]))
said(lambda: enumerate(iterable=[], start=1))
said(lambda: enumerate(iterable=[], other=2))
said(lambda: enumerate(other=1, iterable=[]))
said(lambda: enumerate([], iterable=2))
said(lambda: enumerate([], start=2))
said(lambda: enumerate([], 1, start=2))
said(lambda: enumerate([], 1, 2))
said(lambda: enumerate(start=1, other=2, iterable=[]))
said(lambda: Counted(start=3))
said(lambda: Counted(other=3))
said(lambda: Counted([], 1, 2))
print(list(Counted(iterable="ab", start=3)), list(Counted("ab", 1)), list(enumerate(start=5, iterable="ab")))

said(lambda: zip(strict=1, other=2))
said(lambda: zip([], one=1, other=2, more=3))
said(lambda: zip([], other=1))
said(lambda: Zipped(strict=1, other=2))

d = deque([1, 2, 3])
for name in ("index", "insert", "rotate"):
    method = getattr(d, name)
    said(lambda: method())
    said(lambda: method(1, 2, 3, 4))
    said(lambda: method(1, other=2))
said(lambda: d.index(9))
print(d.index(2, 1), d.index(2, -1, 5), d.insert(1, 7), d.rotate(), d)

said(lambda: memoryview(b"x").__exit__(other=1))
said(lambda: property().__set_name__(1, other=2))
said(lambda: (i for i in ()).throw(other=1))

# Where an iterator shall continue: an int, and nothing that only has an __index__.
class Index:
    def __index__(self): return 1


for make in (lambda: iter([1, 2, 3]), lambda: reversed([1, 2, 3]), lambda: iter((1, 2, 3)), lambda: iter("123"), lambda: iter("\u0394"),
             lambda: iter(b"123"), lambda: iter(bytearray(b"123")), lambda: reversed("123"), lambda: iter(range(3))):
    it = make()
    print(type(it).__name__)
    for state in (None, 1.5, "1", 2**64, -2**64, Index()):
        if type(it) is not type(iter(range(3))):
            said(lambda: it.__setstate__(state))
    for state in (True, -1, -7, 2**40, 2):
        it = make()
        it.__setstate__(state)
        print(list(it), end=" ")
    print()
