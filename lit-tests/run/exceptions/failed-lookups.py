# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A method that there is not is marked without its arguments; what the call raises, or a lookup that runs code, is not taken for it.
import sys
import traceback


class A:
    def __init__(self):
        self.a = None

    def run(self):
        return self.a.nope(1, 2) + 1

    def keywords(self):
        self.a.nope(k=self)

    def chain(self):
        (self
         .a
         .nope())

    def arguments(self):
        return self.a.nope(len([]))

    def fails(self):
        return self.raising(3)

    def raising(self, x):
        raise KeyError(x)

    def __getattr__(self, name):
        if name == "slow":
            return {}[name]
        raise AttributeError(name)

    def absent(self):
        return self.nada(1)

    def fails_in_lookup(self):
        return self.slow(1)

    def wrong_count(self):
        return self.raising()


a = A()
for f in a.run, a.keywords, a.chain, a.arguments, a.fails, a.absent, a.fails_in_lookup, a.wrong_count:
    for _ in range(2):
        try:
            f()
        except Exception:
            print(traceback.format_exc().replace(__file__, "THIS"), end="")
try:
    [].nope()
except AttributeError as e:
    print(*[(f.lineno, f.colno, f.end_colno) for f in traceback.extract_tb(e.__traceback__)])


# Where a frame ended: at the error that a handler let through, at the clause that did not match, at the end of `finally`.
def in_except():
    try:
        1/0
    except Exception as e:
        1/0
        pass


def not_caught():
    try:
        1/0
    except TypeError:
        pass


def through_with(e=None):
    import contextlib
    with contextlib.nullcontext():
        1/0
        pass


def in_finally():
    try:
        1/0
    finally:
        len([])


for f in in_except, not_caught, through_with, in_finally:
    try:
        f()
    except ZeroDivisionError as e:
        tb = e.__traceback__.tb_next
        print(f.__name__, tb.tb_lineno - f.__code__.co_firstlineno, tb.tb_frame.f_lineno - f.__code__.co_firstlineno)
