# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# try, except, else, finally, raise from, groups.
def f(x):
    try:
        if x == 0: raise ValueError("zero")
        if x == 1: return "one"
        if x == 2: [][1]
        if x == 3: {}["k"]
        if x == 4: 1 / 0
        if x == 5: int("q")
        if x == 6: None.a
        if x == 7: undefined
        if x == 8: "a" + 1
    except (ValueError, IndexError) as e:
        print("caught", type(e).__name__, e)
        return "handled"
    except ArithmeticError as e:
        print("arith", e)
    except Exception as e:
        print("other", type(e).__name__, e)
        raise RuntimeError("wrapped") from e
    else:
        print("else")
    finally:
        print("finally", x)
    return "end"
for i in range(10):
    try:
        print(f(i))
    except RuntimeError as e:
        print("outer", e, repr(e.__cause__))
def g():
    for i in range(3):
        try:
            continue
        finally:
            print("fin", i)
    try:
        return "r"
    finally:
        print("leaving")
print(g())
class MyError(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code
try:
    try:
        raise MyError(5)
    except MyError as e:
        print(e.code, e.args, e)
        raise
except Exception as e:
    print("again", e, e.__context__)
try:
    raise ExceptionGroup("g", [ValueError(1), TypeError(2), OSError(3)])
except* ValueError as e:
    print("values", e.exceptions)
except* (TypeError, OSError) as e:
    print("rest", e.exceptions)
def unbound():
    print(local)
    local = 1
try:
    unbound()
except UnboundLocalError as e:
    print(e)
def deep(n): return deep(n + 1)
try:
    deep(0)
except RecursionError as e:
    print("recursion", e)
try:
    assert 1 == 2, "message"
except AssertionError as e:
    print("assert", e)
import sys
try:
    1 / 0
except ZeroDivisionError:
    print(sys.exc_info()[0].__name__)
print(sys.exc_info())
