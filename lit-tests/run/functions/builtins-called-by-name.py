# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Builtin functions and methods with named arguments: those that fit, those that do not, and methods in classes that they are not made for.
import os
import sys


class Borrower:
    encode = str.encode
    split = str.split
    sort = list.sort


class Text(str):
    pass


class Row(list):
    pass


def attempt(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


for _ in range(3):
    attempt(lambda: "a,b,c".split(sep=",", maxsplit=1))
    attempt(lambda: Text("a,b,c").split(sep=",", maxsplit=1))
    attempt(lambda: "a,b,c".split(",", sep=","))
    attempt(lambda: "a,b,c".split(separator=","))
    attempt(lambda: "äb".encode(encoding="latin-1"))
    attempt(lambda: "äb".encode(encoding="ascii", errors="replace"))
    attempt(lambda: "äb".encode(**{}))
    attempt(lambda: "ab".upper(x=1))
    attempt(lambda: Borrower().encode(encoding="utf-8"))
    attempt(lambda: Borrower().split(sep=None))
    attempt(lambda: Borrower().sort(key=None))
    attempt(lambda: str.encode("ä", encoding="utf-8"))
    attempt(lambda: str.encode(1, encoding="utf-8"))
    attempt(lambda: sorted([3, 1, 2], reverse=True))
    attempt(lambda: max([1, -3], key=abs))
    attempt(lambda: max(default=1))
    attempt(lambda: max([], default="none"))
    attempt(lambda: print("a", "b", sep="-"))
    attempt(lambda: print("a", seperator="-"))
    attempt(lambda: len(obj=[]))
    attempt(lambda: open(file="/nowhere/at/all", mode="r"))
    attempt(lambda: os.stat("/nowhere/at/all", follow_symlinks=False))
    attempt(lambda: os.stat(path="/").st_mode == os.stat("/", follow_symlinks=True).st_mode)
    attempt(lambda: (1).to_bytes(length=2, byteorder="big"))
    attempt(lambda: int.from_bytes(b"\x01\x02", byteorder="little"))
    row = Row([3, 1, 2])
    attempt(lambda: row.sort(key=lambda x: -x) or row)
    bound = row.sort
    attempt(lambda: bound(reverse=False) or row)


class Dropped:
    def __del__(self):
        print("dropped")


# Arguments die when the call is over.
def key(x):
    print("key of", x)
    return x


print(sorted([2, 1], key=key), "behind")
print(max([Dropped()], key=lambda x: 0) is None)
print(sys.getrefcount(key) == sys.getrefcount(attempt))


# A callee that goes on for ever says so.
def endless(x):
    return max([x], key=endless)


try:
    endless(1)
except RecursionError as error:
    print(type(error).__name__)

# Some are missing, whether before or behind those that are named.
for call in (lambda: pow(base=2, exp=3), lambda: pow(exp=3), lambda: pow(2, mod=5), lambda: round(ndigits=1), lambda: sum(start=1), lambda: int(base=3),
             lambda: enumerate(start=1), lambda: complex(imag=2), lambda: bytes(encoding="ascii"), lambda: str(errors="strict"), lambda: print(sep=1),
             lambda: compile(source="1", mode="eval"), lambda: os.replace(dst="x"), lambda: os.stat(follow_symlinks=True), lambda: open(mode="r"),
             lambda: memoryview(), lambda: "x".replace(), lambda: [].sort(reverse=1, key=None), lambda: sys.getsizeof(default=1)):
    attempt(call)
