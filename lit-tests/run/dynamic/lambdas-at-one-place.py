# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Functions of a tree that stand at one place by its positions, as rewritten assertions put them, keep their own bytecode.
import ast
import marshal

TEXT = '''
def test(call):
    return call(lambda x: x["a"], lambda acc, x: acc + x["b"], lambda x: x["b"], lambda: (lambda x: x + 1, lambda x: x + 2), [n for n in (1, 2)], [n * 2 for n in (1, 2)])
shown = test(lambda *of: (of[0]({"a": 1}), of[1](1, {"b": 2}), of[2]({"b": 3}), [f(10) for f in of[3]()], of[4:]))
'''
tree = ast.parse(TEXT)
for statement in tree.body[0].body + tree.body[1:]:
    for node in ast.walk(statement):
        if hasattr(node, "lineno"):
            ast.copy_location(node, statement)
for turn in range(2):
    code = compile(tree, "text", "exec")
    names = {}
    exec(code, names)
    print(names["shown"])
    exec(marshal.loads(marshal.dumps(code)), names)
    print(names["shown"])
    inner = [c for c in code.co_consts[0].co_consts if hasattr(c, "co_code")]
    print([(c.co_name, c.co_varnames, c.co_consts) for c in inner if c.co_name == "<lambda>"][:3])
