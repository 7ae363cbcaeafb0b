# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# What looks at frames sees those of functions that call themselves: their locals, code and lines.
import sys


def fails(n, rest):
    if n < 1:
        return rest // n
    return fails(n - 1, rest + 1) + n * 0 + rest


try:
    fails(3, 7)
except ZeroDivisionError as e:
    at = e.__traceback__
    while at:
        print(at.tb_frame.f_code.co_name, at.tb_lineno, [at.tb_frame.f_locals.get(k) for k in ("n", "rest")])
        at = at.tb_next


def looks(n):
    if n < 1:
        frame, seen = sys._getframe(), []
        while frame:
            seen.append((frame.f_code.co_name, frame.f_lineno))
            frame = frame.f_back
        print(seen)
        return len(seen)
    return looks(n - 1) + n * 0 + n


print(looks(3))


def own(n):
    if n < 1:
        return sorted(locals().items())
    return own(n - 1) + [n * 2 + n]


print(own(2))
