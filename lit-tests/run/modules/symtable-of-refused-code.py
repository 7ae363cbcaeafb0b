# RUN: krait run %s | diff %s.out -
# Symbol tables are made of code that compile() refuses only while it generates code; what the tables themselves forbid is an error of both.
import symtable

for source in ("break", "return 1", "class A: yield", "await x", "match x:\n case 1 | a: pass", "match x:\n case (a, a): pass", "*a = b", "__debug__ = 1",
               "x = 1\nfrom __future__ import division", "try: x\nexcept: y\nexcept Z: z", "async def f():\n yield 1\n return 2", "[x async for x in y]",
               "nonlocal x", "def f(a, a): pass", "from __future__ import nope", "class A:\n from x import *", "[x := 1 for x in y]", "x = 1\nglobal x"):
    for make in (lambda: symtable.symtable(source, "s", "exec").get_identifiers(), lambda: compile(source, "s", "exec") and None):
        try:
            print(repr(source), sorted(make()))
        except SyntaxError as e:
            print(repr(source), e)
