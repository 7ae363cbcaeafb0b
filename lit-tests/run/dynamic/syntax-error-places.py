# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Errors that CPython's symbol table and compiler find have their line from the file that the code says it is from.
import os
import sys
import tempfile
import traceback

TEXTS = [
    "return 1", "x = (yield 1)", "def f(a, a): pass", "def f():\n  global x\n  nonlocal x", "class A:\n  def f(self): nonlocal q",
    "f() = 1", "x = = 1", "break", "async def f(): pass\nawait f()", "from __future__ import nothing",
    "x = 1\nfrom __future__ import annotations", "from __future__ import braces", "from __future__ import (annotations, nothing)",
    "f(a=1, a=2)", "a, *b, *c = d",
    "def f(x):\n  x = 1\n  global x", "[x := 1 for x in y]", "import os\ndef g():\n  from os import *", "__debug__ = 1",
]


def show(name, texts=TEXTS):
    for text in texts:
        try:
            compile(text, name, "exec")
        except SyntaxError as e:
            args = [a if i == 0 else (os.path.basename(a[0]), *a[1:]) for i, a in enumerate(e.args)]
            print(args, os.path.basename(e.filename), e.lineno, e.offset, repr(e.text), e.end_lineno, e.end_offset, e.msg)
            lines = traceback.format_exception_only(e)
            print("".join(lines[1:] if len(lines) > 1 else lines), end="")


show("<nowhere>")
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "there.py")
    with open(path, "w") as f:
        f.write("first line\nsecond  line, which is longer\n")
    show(path, [text for text in TEXTS if " = " not in text.partition("\n")[0]])
