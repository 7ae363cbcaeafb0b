# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Functions of code objects that were loaded, constructed or copied at run time own their names: they are given others and
# attributes, and end before and after their code.
import ast
import functools
import gc
import marshal
import types
import weakref

TEXT = '''
import functools
def keep(*names):
    def decorator(func):
        "Keeps it."
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            "Calls it."
            return func(*args, **kwargs), names
        return wrapper
    return decorator
@keep("a")
def first(x): "The first."; return x
@keep("b", "c")
def second(x): return x + 1
def plain():
    def inner(): return 1
    inner.more = 2
    return inner
'''
data = marshal.dumps(compile(ast.parse(TEXT), "a tree", "exec"))
for turn in range(40):
    names = {"__name__": "loaded"}
    exec(marshal.loads(data), names)
    found = [names["first"](1), names["second"](2), names["plain"]().more, names["first"].__qualname__, names["first"].__doc__]
    kept = names["plain"]
    del names
    gc.collect()
    found += [kept().__name__, kept.__name__, kept().__qualname__]
print(found)


def told(x):
    "Told."
    return x


ends = []
for turn in range(40):
    code = told.__code__.replace(co_qualname=f"some.name{turn}")
    made = [types.FunctionType(code, globals()) for _ in range(3)]
    weakref.finalize(made[2], ends.append, turn)
    made[0].__name__ = f"other{turn}"
    made[1].attribute = made[0]
    del code
    made.pop()
    made[1].__qualname__ = made[0].__qualname__ + "x"
print(made[0].__name__, made[0].__qualname__, made[1].__qualname__, made[1].__name__, made[0](3), ends == list(range(40)))
for turn in range(40):
    copy = types.FunctionType(told.__code__.replace(co_name=f"name{turn}", co_firstlineno=turn + 1), globals())
    functools.update_wrapper(copy, told)
print(copy.__name__, copy.__code__.co_name, copy.__wrapped__ is told, copy.__doc__, told.__name__, told.__qualname__)
