# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Events of sys.settrace, line by line and opcode by opcode, and jumps by f_lineno: as the bytecode has them.
import sys


def tracer(frame, event, arg):
    name = frame.f_code.co_name
    if name in traced:
        print(name, frame.f_lineno - frame.f_code.co_firstlineno, event, frame.f_lasti, sorted(frame.f_locals),
              arg[0].__name__ if event == "exception" else arg if isinstance(arg, (int, list)) else type(arg).__name__)
        frame.f_trace_opcodes = name in opcodes
        frame.f_trace_lines = name not in opcodes
        if event == "line" and name in jumps:
            source, target = jumps[name]
            if frame.f_lineno - frame.f_code.co_firstlineno == source:
                del jumps[name]
                try:
                    frame.f_lineno = frame.f_code.co_firstlineno + target
                except ValueError as e:
                    print("refused:", e)
    return tracer


def trace(function, *args):
    traced.add(function.__name__)
    sys.settrace(tracer)
    try:
        result = function(*args)
        sys.settrace(None)
        print(result)
    except Exception as e:
        print("raised", repr(e))
    finally:
        sys.settrace(None)


traced, opcodes, jumps = {"<listcomp>", "A"}, {"small"}, {}


def loops(n):
    total = 0
    for i in range(n):
        if i % 2:
            total += i
    return [x for x in
            range(total)]


def generator():
    yield 1
    x = yield 2
    return x


def consume():
    return list(generator())


def handlers():
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            pass
        finally:
            x = 1
    except TypeError:
        pass
    class A:
        y = 2
        def m(self):
            return super().__repr__()
    match A.y:
        case 1:
            pass
        case z if z == 2:
            return {**{"a": z}, "b": (*"cd", x)}


def small(a, *, b=2):
    return a if a > b else f"{a!r:>3}"


def failing():
    raise KeyError("k")


async def coroutine():
    await other()


async def other():
    return 1


def drive():
    try:
        coroutine().send(None)
    except StopIteration:
        pass


for f, args in (loops, (3,)), (consume, ()), (handlers, ()), (small, (1,)), (failing, ()), (drive, ()):
    trace(f, *args)

traced.update(["generator", "coroutine", "other"])
trace(consume)
trace(drive)


def forward():
    a = 1
    a = 2
    a = 3
    return a


def out_of_loop():
    for i in 1, 2:
        with open("/dev/null") as f:
            x = i
    return x if "x" in dir() else None


def into_loop():
    x = 1
    for i in 1, 2:
        x += i
    return x


def into_handler():
    x = 1
    try:
        x = 2
    except TypeError:
        x = 3
    return x


for f, jump in (forward, (2, 4)), (out_of_loop, (3, 4)), (into_loop, (1, 3)), (into_handler, (1, 5)), (forward, (1, 99)):
    jumps[f.__name__] = jump
    trace(f)
try:
    sys._getframe().f_lineno = 1
except ValueError as e:
    print(e)


# The module's own lines, compiled: statements of one line are one event, another turn of a loop is one.
def show(frame, event, arg):
    if frame.f_code.co_name == "<module>":
        print(event, frame.f_lineno - start)
    return show


start = sys._getframe().f_lineno
sys._getframe().f_trace = show
sys.settrace(show)
x = 1; y = 2
for i in 1, 2: x = i; y = 3
sys.settrace(None)

# What is compiled after text that mentions a debugger reports its events, too.
exec(compile("def inner(f):\n    import pdb; f()\n", "inner", "single"))
exec(compile("def outer(f):\n    inner(f)\n    return 5\n", "outer", "single"))


def begin():
    def follow(frame, event, arg):
        print(frame.f_code.co_name, event, frame.f_lineno)
        return follow
    frame = sys._getframe(1)
    while frame.f_code.co_name in ("inner", "outer"):
        frame.f_trace = follow
        frame = frame.f_back
    sys.settrace(follow)


outer(begin)
sys.settrace(None)
