# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# `__builtins__` of a namespace: any mapping, whose errors show; class statements and functions made there use it.
class ReadOnly(dict):
    def __setitem__(self, k, v):
        raise KeyError("read only")


class Failing(dict):
    def __getitem__(self, k):
        raise LookupError(k)


class Doubling(dict):
    def __missing__(self, k):
        return k * 2


def attempt(code, namespace):
    try:
        exec(code, namespace)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print("fine", sorted(k for k in namespace if not k.startswith("__")))


attempt("print(1)", {"__builtins__": {}})
attempt("print(1)", {"__builtins__": 123})
attempt("class A: pass", {"__builtins__": {}})
attempt("class A: pass", {"__builtins__": ReadOnly()})
attempt("class A: pass", {"__builtins__": ReadOnly(__build_class__=__build_class__), "__name__": "x"})
builder = {"__build_class__": lambda f, n, *b, **k: (n, b, k), "print": print, "int": int}
attempt("class A(int, k=2): pass\nprint(A)", {"__builtins__": builder, "__name__": "x"})
attempt("x = 1", ReadOnly())
attempt("name", Failing(name=1))
attempt("builtin", {"__builtins__": Failing(builtin=1)})
attempt("f = lambda: builtin\nf()", {"__builtins__": Failing(builtin=1)})
attempt("a = abc", {"__builtins__": Doubling()})
safe = {"None": None, "type": type}
ns = {"__builtins__": safe}
exec("def f(s): pass\ng = type(f)(f.__code__, {})\nh = type(f)(f.__code__, {'__builtins__': 5})", ns)
print(ns["f"].__builtins__ is safe, ns["g"].__builtins__ is safe, ns["h"].__builtins__)
for late in "import string; from __future__ import nested_scopes", "x=1\nfrom __future__ import annotations":
    try:
        compile(late, "<f>", "exec")
    except SyntaxError as e:
        print(e.msg, e.lineno, e.offset)
