# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Special methods whose descriptor raises when it is asked for the method: what has another answer gives that.
import os
class E(Exception): pass
class D:
    def __get__(self, o, t): raise E('get')
class X: __repr__ = D(); __iter__ = D(); __fspath__ = D(); __set_name__ = D(); __str__ = D(); __hash__ = D(); __del__ = D()
x = X()
for f in (lambda: repr(x)[:12], lambda: iter(x), lambda: os.fspath(x), lambda: type('T', (), {'x': x}), lambda: list(x), lambda: [*x], lambda: 1 in x, lambda: str(x), lambda: hash(x)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)


class Bound:
    def __get__(self, o, t):
        return lambda *a: iter("ab") if not a else print("named", a[1])


class Y:
    __iter__ = Bound()
    __set_name__ = Bound()
    __repr__ = Bound()


print(list(Y()), type("T", (), {"y": Y()}).__name__)
try:
    repr(Y())
except TypeError as e:
    print(e)
