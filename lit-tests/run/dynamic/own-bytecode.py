# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Code objects that a program makes itself, by the constructor or with other parts, run as bytecode.
import types


def add(a, b=1, *rest, c=3, **more):
    """Adds."""
    total = a + b + c
    for r in rest:
        total += r
    return total, more


code = add.__code__
new = code.replace(co_consts=code.co_consts, co_name="plus")
print(new == code, new.co_name, hash(new) == hash(code), types.FunctionType(new, globals(), None, (1,))(2, c=4))

other = code.replace(co_varnames=("x", "y", "z", "args", "kw", "sum", "one"))
function = types.FunctionType(other, globals(), "other", (10,))
function.__kwdefaults__ = {"z": 5}
print(other == code, function(1), function(1, 2, 3, q=4), other.co_varnames)


def constant():
    return "before"


constant.__code__ = constant.__code__.replace(co_consts=(None, "after"))
print(constant())

c = (lambda n: n * 2 if n else [k for k in range(3)]).__code__
made = types.CodeType(c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_stacksize, c.co_flags,
                      c.co_code, c.co_consts, c.co_names, c.co_varnames, "file.py", "made", "made", c.co_firstlineno,
                      c.co_linetable, c.co_exceptiontable, c.co_freevars, c.co_cellvars)
print(types.FunctionType(made, {"range": range})(4), types.FunctionType(made, {"range": range})(0), made.co_filename)
for change in {"co_nlocals": 5}, {"co_code": b"x"}, {"co_varnames": ()}, {"co_names": 1}, {"co_varnames": (1,)}:
    try:
        c.replace(**change)
    except (ValueError, TypeError, SystemError) as e:
        print(type(e).__name__, e)
for arguments in (), (1,) * 16, (-1, 0, 0, 0, 0, 0, b"", (), (), (), "", "", "", 1, b"", b""):
    try:
        types.CodeType(*arguments)
    except (ValueError, TypeError, SystemError) as e:
        print(type(e).__name__, e)


def counter():
    yield from (1, 2)
    try:
        yield 3
    finally:
        print("closed")


def closure():
    n = [0]

    def step(k):
        nonlocal n
        n = n + [k]
        return n
    return step


for f in counter, closure:  # the same instructions, one constant more
    f.__code__ = f.__code__.replace(co_consts=f.__code__.co_consts + (99,))
g = counter()
print(next(g), next(g), next(g), g.close())
step = closure()
print(step(1), step(2))
print([end for start, end, line in f.__code__.replace(co_linetable=b"").co_lines()], f.__code__.replace(co_firstlineno=7).co_firstlineno)


def failing():
    1 / 0


failing.__code__ = failing.__code__.replace(co_consts=failing.__code__.co_consts + (0,))
try:
    failing()
except ZeroDivisionError as e:
    print(e.__traceback__.tb_next.tb_lineno - failing.__code__.co_firstlineno, e.__traceback__.tb_next.tb_frame.f_code is failing.__code__)
