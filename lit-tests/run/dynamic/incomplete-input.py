# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# codeop tells text that is not finished from text that is wrong.
import codeop, warnings
warnings.simplefilter("ignore")
for text in ["a = 1", "a = (1 +", "a = = 1", "if 1:", "if 1:\n  pass", "if 1:\n  pass\n", "def f():", "'''abc", "x = \\", "for x in (1,2,3):\n  print(x", "@d", "class A:\n  def f(self):\n", "try:\n  pass", "try:\n  pass\nexcept E:\n  pass\n", "", "# c", "1 if", "raise = 2", "a[", "lambda:", "if 1: pass", "x\\", "with a as b, c:", "print('x'", "}", "def x():\n  pass\n ", "a\n\n", "a = 'a\\", "a = 'a\\\\", "a = 'a"]:
    for kind in ("single", "exec", "eval"):
        try:
            r = codeop.compile_command(text, symbol=kind)
            print(repr(text), kind, "incomplete" if r is None else "complete")
        except (SyntaxError, ValueError, OverflowError) as e:
            print(repr(text), kind, type(e).__name__, e)
# What is wrong has its warnings first; what is unfinished has none.
for text in "'\\e' 1", "'\\e' + (":
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            print(codeop.compile_command(text))
        except SyntaxError as e:
            print(e.msg)
    print([str(w.message) for w in seen])
# Where it is incomplete.
for text in "def", "x = 1 +", "print(1", "f(", "'abc", "if x:\n  def", "if x:\n  y = (1 +\n  2", "\'\'\'abc\ndef", "if x:\n", "@d\n", "é(":
    for mode in "exec", "single":
        try:
            compile(text, "<input>", mode, 0x4200)
        except SyntaxError as e:
            print(repr(text), mode, e.args)
