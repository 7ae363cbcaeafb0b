# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What compile says of something that is no node, or another one than its place takes.
import ast
import re

PLACE = {"lineno": 1, "col_offset": 0}
ENDED = PLACE | {"end_lineno": 1, "end_col_offset": 1}


class Like:
    def __init__(self, **attributes):
        self.__dict__.update(attributes)


def attempt(node, mode="exec"):
    try:
        compile(node, "", mode)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, re.sub("0x[0-9a-f]+", "…", str(e)))
    else:
        print("compiled")


def name(context=ast.Load()):
    return ast.Name("x", context, **PLACE)


def statement(value):
    return ast.Module([ast.Expr(value, **PLACE)], [])


for wrong in (1, [], Like(), Like(lineno=1), Like(**PLACE), Like(lineno="x", col_offset=0), Like(**ENDED), ast.Pass(**PLACE), ast.Load(), name()):
    print(type(wrong).__name__)
    attempt(ast.Expression(wrong), "eval")
    attempt(ast.Module([wrong], []))
    attempt(ast.Module([ast.Try([ast.Pass(**PLACE)], [wrong], [], [], **PLACE)], []))
    attempt(ast.Module([ast.Match(name(), [ast.match_case(wrong, None, [ast.Pass(**PLACE)])], **PLACE)], []))
    attempt(ast.Module([ast.Match(name(), [wrong], **PLACE)], []))
    attempt(ast.Module([ast.FunctionDef("f", wrong, [ast.Pass(**PLACE)], [], **PLACE)], []))
    attempt(ast.Module([ast.Import([wrong], **PLACE)], []))
    attempt(ast.Module([ast.With([wrong], [ast.Pass(**PLACE)], **PLACE)], []))
    attempt(statement(name(wrong)))
    attempt(statement(ast.BinOp(name(), wrong, name(), **PLACE)))
    attempt(statement(ast.UnaryOp(wrong, name(), **PLACE)))
    attempt(statement(ast.BoolOp(wrong, [name(), name()], **PLACE)))
    attempt(statement(ast.Compare(name(), [wrong], [name()], **PLACE)))
    attempt(statement(ast.Call(name(), [], [wrong], **PLACE)))
    attempt(statement(ast.ListComp(name(), [wrong], **PLACE)))
    if isinstance(wrong, ast.AST):
        attempt(wrong)
        attempt(wrong, "eval")
        attempt(wrong, "single")
