# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# ast.parse: type comments, types of functions, and syntax no newer than a given version.
import ast

text = '''\
def f(a,  # type: int
      *b,  # type: str
      **c  # type: float
      ):
    # type: (...) -> None
    x = 1 # type:   int
    for i in x:  # type: ignore[attr]
        pass
    with x as y:  # type: T
        pass
async def g(): # type: () -> int
    async for i in x: # type: str
        pass
# type: ignore
'''
tree = ast.parse(text, type_comments=True)
print(ast.dump(tree, indent=1))
print("type_comment" in ast.dump(ast.parse(text)), ast.parse(text).type_ignores)
for wrong in ("pass  # type: int", "while x: # type: int\n  pass", "def f(): # type: a\n  # type: b\n  pass",
              "def f(*, # type: int\n  a): pass"):
    try:
        ast.parse(wrong, type_comments=True)
    except SyntaxError as e:
        print(e)
print(ast.dump(ast.parse("(int, *str, **Any) -> float", mode="func_type")))
print(ast.dump(ast.parse("() -> int", "", "func_type")))
for wrong in "int", "(int)", "(int) -> ":
    try:
        ast.parse(wrong, mode="func_type")
    except SyntaxError as e:
        print(e.msg)
try:
    compile("() -> int", "", "func_type")
except ValueError as e:
    print(e)
for source, version in (("x: int = 1", 5), ("(x := 1)", 7), ("def f(a, /): pass", 7), ("with (a as b): pass", 8),
                        ("match x:\n case _: pass", 9), ("try: pass\nexcept* T: pass", 10), ("async def f(): pass", 4),
                        ("f'{x=}'", 7), ("f'{x}'", 5), ("1_000", 5), ("a @ b", 4), ("async = await", 6), ("async = 1", 7)):
    for minor in version, version + 1:
        try:
            print(len(ast.parse(source, feature_version=(3, minor)).body), end=" ")
        except SyntaxError as e:
            print(e.msg, end=" ")
    print()
print(ast.unaryop.__doc__, ast.Name.__doc__, ast.type_ignore.__doc__, sep="; ")
