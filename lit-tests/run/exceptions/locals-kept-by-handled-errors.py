# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# An error that was handled and lives on keeps what the function's locals held when it returned, or failed otherwise.
import gc
import threading


class Noisy:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)


saved = []


def fail(name):
    local = Noisy("local of " + name)
    raise ValueError(name)


def keeps():
    before = Noisy("before")
    try:
        fail("keeps")
    except ValueError as e:
        saved.append(e)
    after = Noisy("after")
    number, real, text = 1, 2.5, "text"
    return number


def forgets():
    before = Noisy("forgotten")
    try:
        fail("forgets")
    except ValueError as e:
        print("handled", e)
    return before.name


def chained():
    mine = Noisy("of chained")
    try:
        fail("chained")
    except ValueError as e:
        raise RuntimeError from e


def handles_chained():
    try:
        chained()
    except RuntimeError as e:
        saved.append(e.__cause__)
        print("chained")


def twice(n):
    mine = Noisy(f"twice {n}")
    for i in range(n):
        try:
            fail(f"round {i}")
        except ValueError as e:
            saved.append(e)
            if i == 5: return "early"
    return "late"


def kept_in_a_local():
    mine = Noisy("in a cycle")
    try:
        fail("cycle")
    except ValueError as e:
        kept = e
    return "returned"


def outer():
    mine = Noisy("outer")
    try:
        forgets()
        fail("outer")
    except ValueError as e:
        saved.append(e)
    forgets()
    print("outer returns")


def numbers(n):
    total, mine = 0.0, Noisy("beside numbers")
    for i in range(n):
        try:
            total += i
            if i == n - 2: fail("numbers")
        except ValueError as e:
            saved.append(e)
    return total


def closes():
    cell = Noisy("in a cell")
    try:
        fail("closes")
    except ValueError as e:
        saved.append(e)
    return lambda: cell.name


def with_finally():
    mine = Noisy("with finally")
    try:
        try:
            fail("finally")
        finally:
            print("finally")
    except ValueError as e:
        saved.append(e.with_traceback(None))
    return mine.name


def released():
    mine = Noisy("released")
    try:
        fail("released")
    except ValueError as e:
        saved.append(e)
    saved.clear()
    print("released while it runs")


gc.collect()
for function in keeps, forgets, handles_chained, kept_in_a_local, outer, closes, with_finally, released:
    print("---", function.__name__)
    result = function()
    print("returned", callable(result) and result() or result)
    result = None
    print("dropping", len(saved))
    saved.clear()
    print("collected", gc.collect() > 0)
for n in 3, 7:
    print(twice(n))
    saved.clear()
print(numbers(100))
saved.clear()

thread = threading.Thread(target=keeps)
thread.start()
thread.join()
print("the thread is over")
saved.clear()


def many():
    mine = Noisy("of many")
    errors = []
    for i in range(2000):
        try:
            int("x")
        except ValueError as e:
            errors.append(e)
    for i in range(0, 2000, 2): errors[i] = None
    inner = [forgets() for _ in range(2)]
    return len(errors)


gc.disable()
print(many())
gc.enable()
gc.collect()


class Holder:
    def method(self, other):
        try:
            other.missing
        except AttributeError as e:
            self.error = e
        return self


def methods():
    h = Holder()
    h.method(Noisy("argument")).method(Noisy("second argument"))
    print("methods")
    h.error = None
    gc.collect()
    print("methods over")


methods()
print("end")
