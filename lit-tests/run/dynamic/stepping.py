# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Where the debugger is called one steps as in CPython: through the lines of one expression, by jumps, and out of it; and who quits sees
# marks under what would have come next, in the callers, too.
import bdb
import io
import os
import sys
import traceback

FOLDER = os.path.dirname(os.path.abspath(__file__)) + os.sep


def made(**names):
    breakpoint()
    found = {k: v
             for k, v in names.items()}
    total = sum(
        found.values())
    return total


def numbers(n):
    for i in range(n):
        if i == 1:
            breakpoint()
        yield i * 2


class Account:
    def __init__(self, sum):
        self.sum = sum

    def take(self, n):
        breakpoint(); self.sum -= n
        return self.sum


def caller(n):
    m = made(a=n)
    k = m + 1
    account = Account(m)
    account.take(k)
    return [m, k,
            account.sum]


def session(commands, call):
    shown = sys.stdout
    sys.stdin, sys.stdout = io.StringIO("\n".join(commands) + "\n"), io.StringIO()
    try:
        print(call())
    except (bdb.BdbQuit, UnboundLocalError) as e:
        sys.stderr = sys.stdout
        sys.__excepthook__(type(e), e, e.__traceback__)
        traceback.print_exc()
        sys.stderr = sys.__stderr__
    finally:
        sys.settrace(None)
        output, sys.stdout = sys.stdout.getvalue(), shown
    print(commands)
    for line in output.replace(FOLDER, "").splitlines():
        if line.startswith('  File "/'):
            line = "  File ..."
        print(line)


session(["n"] * 9 + ["c", "c"], lambda: caller(4))
session(["q"], lambda: caller(4))
session(["r", "n", "q"], lambda: caller(4))
session(["r", "n", "n", "n", "q"], lambda: caller(4))
session(["r", "n", "s", "q"], lambda: caller(4))
session(["s", "s"] + ["n"] * 7 + ["s"] * 3 + ["q"], lambda: numbers(made(a=2)).__next__())
session(["n", "p found", "j 19", "n", "c", "n", "n", "n", "q"], lambda: caller(4))
session(["p i", "n", "n", "n", "n", "j 27", "n", "q"], lambda: list(numbers(4)))
session(["n", "j 26", "q"], lambda: list(numbers(4)))
session(["up", "p m", "down", "n", "p self.sum", "r", "n", "n", "n", "q"], lambda: [made.__code__.co_flags, Account(3).take(5)])
session(["w", "up", "j 3", "down", "j 999", "q"], lambda: Account(3).take(5))
