# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# compile() of trees that no source text has: refused with CPython's words. Long f-strings and calls compile in no time.
import ast
import warnings


def attempt(*body):
    tree = ast.fix_missing_locations(ast.Module(list(body), []))
    try:
        compile(tree, "<tree>", "exec")
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
    else:
        print("compiled")


load, store, one, passes = ast.Name("x", ast.Load()), ast.Name("x", ast.Store()), ast.Constant(1), ast.Pass()
for e in (store, ast.BoolOp(ast.And(), [load]), ast.Compare(load, [ast.In()], []), ast.Compare(load, [ast.In()], [one, one]),
          ast.Dict([], [load]), ast.List([store], ast.Load()), ast.ListComp(load, []), ast.Name("None", ast.Load()),
          ast.Call(load, [None], []), ast.Constant([]), ast.Subscript(load, ast.Slice(None, store, None), ast.Load()), load):
    attempt(ast.Expr(e))
for s in (ast.Delete([]), ast.Assign([load], one), ast.Assign([one], one), ast.For(store, load, [], []), ast.Raise(None, one),
          ast.Try([passes], [], [], []), ast.TryStar([passes], [], [passes], [passes]), ast.ImportFrom(None, [ast.alias("x")], -1),
          ast.Global([]), ast.With([], [passes]), ast.AnnAssign(ast.Attribute(load, "a", ast.Store()), load, None, 1),
          ast.FunctionDef("f", ast.arguments([], [], None, [], [], None, [one]), [passes], [])):
    attempt(s)
for p in (ast.MatchValue(ast.Constant(...)), ast.MatchSingleton("no"), ast.MatchOr([]), ast.MatchAs(name="_"), ast.MatchValue(load),
          ast.MatchMapping([one], []), ast.MatchClass(one, [], [], []), ast.MatchClass(load, [ast.MatchStar()], [], []),
          ast.MatchValue(ast.UnaryOp(ast.USub(), one)), ast.MatchAs(ast.MatchAs(name="y"))):
    attempt(ast.Match(load, [ast.match_case(p, None, [passes])]))
attempt(ast.Expr(ast.Constant(1, lineno=3, end_lineno=2, col_offset=0, end_col_offset=0)))
attempt(ast.Expr(ast.Constant(1, lineno=3, end_lineno=3, col_offset=4, end_col_offset=0)))

# What must be there and is not, or is None.
call = ast.arguments([], [], None, [], [], None, [])
for tree in (ast.Module([passes]), ast.Module([passes], None), ast.Module([passes], [5]), ast.Module([passes], [ast.TypeIgnore()]),
             ast.Module([passes], [ast.TypeIgnore("1", "")]), ast.Module([passes], [ast.TypeIgnore(1, "")]), ast.Expression(ast.Name(None, load.ctx)),
             ast.Expression(ast.Attribute(load, None, load.ctx)), ast.Expression(ast.Attribute(load, 5, load.ctx)),
             ast.Module([ast.ClassDef(None, [], [], [passes], [])], []), ast.Module([ast.FunctionDef(None, call, [passes], [])], []),
             ast.Module([ast.Assign([store], one, type_comment=5)], [])):
    try:
        compile(ast.fix_missing_locations(tree), "<tree>", "exec" if isinstance(tree, ast.Module) else "eval")
        print("compiled")
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)

x = "X"
print(len(eval("f'{x} '" * 20000)), eval("(lambda *a: len(a))(" + "x + x," * 3000 + ")"))

for text in ("[0x1for x in y]", "1if x else y", "b'\\400'", "'\\777'", "'\\z'"):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        compile(text, "<text>", "eval")
    print(text, [(w.category.__name__, str(w.message)) for w in caught])
