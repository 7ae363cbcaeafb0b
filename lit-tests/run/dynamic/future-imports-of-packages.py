# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Imports from a module called __future__ of a package are held for future imports, whatever the dots before the name. The range of
# bytes in the error of an empty name of a character.
TEXTS = [
    "from .__future__ import annotations\ndef f(a: missing): return f.__annotations__",
    "from ...__future__ import whatever",
    "from .__future__ import braces",
    "from .__future__ import *",
    "from .__future import braces",
    "'a doc'; from .__future__ import annotations, division",
    "x = 1\nfrom .__future__ import annotations",
    "x = 1; from ..__future__ import annotations",
    "def f():\n    from .__future__ import annotations",
    r"'\N{}'",
    r"'ab\N{}cd'",
    "'''\n\\N{}'''",
    r"f'\N{}'",
    r"u'\N{'",
    r"'\N{no such name}'",
]
for text in TEXTS:
    try:
        code = compile(text, "text", "exec")
        print("compiled", bool(code.co_flags & 0x1000000), repr(text))
    except SyntaxError as e:
        print(e.msg, e.lineno, e.offset, repr(text))
