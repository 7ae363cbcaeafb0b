# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Text that is compiled while code runs has the flags of __future__ that the code around the call was compiled with.
from __future__ import annotations
import ast


def flags_of(text, **options):
    names = {}
    exec(compile(text, "text", "exec", **options), names)
    return hex(names["f"].__code__.co_flags), names["f"].__annotations__


TEXT = "def f(a: unknown): pass"
names = {}
exec(TEXT + "\nclass C:\n    a: unknown", names)
print(names["f"].__annotations__, names["C"].__annotations__)
print(hex(eval("lambda: 0").__code__.co_flags))
print(flags_of(TEXT), flags_of("def f(a: int): pass", dont_inherit=True))
try:
    flags_of(TEXT, dont_inherit=True)
except NameError as e:
    print(e)
exec("exec(TEXT); print(f.__annotations__)")

# The same text again, from code with other flags.
for text in ("print(eval('1 != 2'))", "from __future__ import barry_as_FLUFL\nprint(eval('1 <> 2'), ast.dump(compile('a <> b', 'text', 'eval', ast.PyCF_ONLY_AST)))"):
    for _ in range(3):
        exec(text)
for _ in range(3):
    try:
        print(eval("1 <> 2"))
    except SyntaxError as e:
        print(e)
