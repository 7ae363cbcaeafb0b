# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The types that a function's type comment names: a comma never ends the list of arguments.
import ast

for text in ("() -> int", "(int) -> str", "(*int) -> str", "(int, **str) -> x", "(*int, **str) -> x", "(int, *str, **x) -> y", "(a if b else c, lambda: 0) -> 1",
             "(int,) -> str", "(*int,) -> str", "(int, *str,) -> x", "(,) -> x", "(x=1) -> str", "int -> str", "(*a, b) -> c", "(a,, b) -> c", "(a) -> b c"):
    try:
        print(text, ast.dump(compile(text, "text", "func_type", ast.PyCF_ONLY_AST)))
    except SyntaxError as e:
        print(text, e)
