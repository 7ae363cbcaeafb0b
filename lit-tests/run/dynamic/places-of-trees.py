# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A tree may begin far below its first line, leave lines out and stand out of order; nodes may be of classes derived from ast's.
import ast
import traceback
import warnings


def names(code):
    return [position for position in code.co_positions() if position[0] is not None]


class Loud(ast.Name):
    pass


class Sum(ast.BinOp):
    extra = 1


class Plus(ast.Add):
    pass


place = {"lineno": 5000, "col_offset": 3, "end_lineno": 5000, "end_col_offset": 9}
late = ast.Expression(Sum(Loud("x", ast.Load(), **place), Plus(), ast.Constant(4, **place), lineno=4998, col_offset=0,
                          end_lineno=5002, end_col_offset=70))
code = compile(late, "late.py", "eval")
print(code.co_firstlineno, names(code), eval(code, {"x": 3}))
try:
    eval(code)
except NameError:
    print(traceback.format_exc().splitlines()[-2:])

tree = ast.parse("a = 1\nb = a / 0\ndef f(x):\n    return x\n")
for lines in ((70, 8, 2000), (1, 1, 1), (3, 300, 30000)):
    for statement, line in zip(tree.body, lines):
        ast.increment_lineno(statement, line - statement.lineno)
    code = compile(tree, "moved.py", "exec")
    print(code.co_firstlineno, sorted({line for _, _, line in code.co_lines()}, key=str), code.co_consts[2].co_firstlineno)
    try:
        exec(code, {})
    except ZeroDivisionError as error:
        print(traceback.extract_tb(error.__traceback__)[-1].lineno)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    for old in (ast.Num(5), ast.Str("five"), ast.NameConstant(None), ast.Bytes(b"5")):
        print(repr(eval(compile(ast.fix_missing_locations(ast.Expression(old)), "<old>", "eval"))))
for wrong in (ast.Expression(ast.Constant(1, lineno=5, col_offset=0, end_lineno=4)), ast.Expression(ast.BinOp()),
              ast.Expression(object()), ast.Module([ast.Pass(lineno=9, col_offset=-1, end_col_offset=3)], [])):
    try:
        compile(wrong, "", "eval" if isinstance(wrong, ast.Expression) else "exec")
    except (TypeError, ValueError) as error:
        print(type(error).__name__, str(error).split(" at 0x")[0])
