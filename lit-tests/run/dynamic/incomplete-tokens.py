# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Of text that ends where its last token was read, the error is "incomplete input" at that token; in a module's text, which a newline
# ends, at the end of the line.
import codeop

INCOMPLETE = 0x4000  # PyCF_ALLOW_INCOMPLETE_INPUT
for s in ("unt 26", "p nope", "x = ", "x y z", "a b", "f( a b", "1 +", "1 2", "'a' 'b' c", "print 1", "if x", "for x in", "def", "class A b", "a.b c", "x = y z", "[1 2", "{1:2 3", "lambda x y", "import a b", "from a b", "a = 1 b", "return x y", "not x y", "x if y z", "é b", "a 'bc'", "a 1.5", "a (", "a b\n", "  a b", "a b # c", "a b \\", "del x y", "with x y", "async x", "await x y", "a; b c", "@x y", "@x", "try:", "if 1:\n  x y", "else", "x!", "x ?", "a $", "a = = b", "0x", "1a", "'abc", "'''abc", ")", "a)", "(a]", "x +* y"):
    for flags in (INCOMPLETE, INCOMPLETE | 0x200, 0x200, 0):
        for mode in ("single", "exec", "eval"):
            try: compile(s, "<c>", mode, flags); r = "ok"
            except SyntaxError as e: r = (type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text)
            print(repr(s), hex(flags), mode, r)
    try: print(s, codeop.compile_command(s) and "code")
    except Exception as e: print(s, repr(e))
