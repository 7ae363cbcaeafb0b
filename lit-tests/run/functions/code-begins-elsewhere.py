# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Lines of code whose first line was replaced are counted from that one: in tracebacks, frames, generators and what is executed.
import inspect
import traceback


def lines(function, *args):
    try:
        function(*args)
    except Exception as e:
        return [(f.name, f.lineno, f.line) for f in traceback.extract_tb(e.__traceback__)[1:]]


def fails(x):
    try:
        return 1 / x
    finally:
        x = None


def begin(function, line):
    function.__code__ = function.__code__.replace(co_firstlineno=line)
    return function


print(lines(fails, 0))
print(lines(begin(fails, 4), 0), fails.__code__.co_firstlineno)
print(lines(begin(fails, 1000), 0), [line for _, _, line in fails.__code__.co_lines()])
print([p[:2] for p in fails.__code__.co_positions() if p[0] != 1000][:3])
begin(fails, 10)


def steps():
    yield inspect.currentframe().f_lineno
    raise KeyError


def exhaust(g):
    return list(g)


before = steps()
first = next(before)
begin(steps, 1)
print(first - next(steps()) == before.gi_code.co_firstlineno - 1)
print(len(lines(exhaust, before)), [line for _, line, _ in lines(exhaust, steps())][1:])

names = {"__name__": "elsewhere"}
exec("""

def wrap(f):
    def inner(x):
        y = x

        return f(x)
    return inner
""", names)
inner = names["wrap"](fails)
print([(name, line) for name, line, _ in lines(inner, 0)])
inner.__code__ = inner.__code__.replace(co_filename=fails.__code__.co_filename, co_firstlineno=14)
print(lines(inner, 0))
inner.__code__ = inner.__code__.replace(co_name="outer", co_firstlineno=inner.__code__.co_firstlineno + 1)
print(lines(inner, 0))
