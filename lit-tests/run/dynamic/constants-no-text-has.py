# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Constants in a tree that no text has: complex numbers with both parts, also within tuples and in patterns; the sign of zeros. What is said of
# `is` with a literal behind `not`.
import ast
import warnings

for v in (-2 - 3j, 3j, 6 + 3j, (1, 2j, (2 + 1j,)), complex(-0.0, 1), complex(1, -0.0), complex(-0.0, -0.0), complex(0.0, -0.0), complex(float("inf"), float("-inf"))):
    tree = ast.fix_missing_locations(ast.Expression(ast.Constant(v)))
    print(eval(compile(tree, "text", "eval")))
tree = ast.parse("def f(a):\n match a:\n  case 6+3j: return 'found'\n")
tree.body[0].body[0].cases[0].pattern = ast.MatchValue(ast.Constant(-2 - 3j))
names = {}
exec(compile(ast.fix_missing_locations(tree), "text", "exec"), names)
print(names["f"](-2 - 3j), names["f"](6 + 3j))
for text in ("not (x is 1)", "not (x is not 1)", "not not (x is 1)", "not (x in ())", "x if not (x is 1) else 2", "not (1 is x is 2)", "not x", "- (x is 1)"):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        compile(text, "text", "eval")
        print(text, [str(w.message) for w in found])
