# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Where a syntax error is: in characters, but CPython's parser counts bytes in bytes that do not tell their encoding, and so marks another
# place in a module that is imported; its tokenizer counts characters.
TEXTS = (
    "é = 1 1", "'é' + 1 = 2", "f(é for x in y, 1)", "é = (", "é + 1 = 2", "x = (é + 1) y z", "if é = 1: pass", "é += yield = 3", "(é) = 1 = f()", "for é() in x: pass", "é; def f(: pass", "é if", "é = 1 if 2", "[é, 1 for x in y]", "'é'; print 1", "'é'; x = {1:}", "é(a=1, 2)", "é(**x, *y)", "é: import a.b as", "'é'; 1 +", "'é'; x y", "é)", "'é'; (]", "'é';   [1 2]", "é\n  x", "'é'; else", "'é'; 'abc' b'd'", "'é'; '\\N{x}'", "'é'; 0777", "'é'; 1_a", "'é'; nonlocal x", "'é'; return", "'é'; break", "'é'; *a = 1", "'é'; a, b += 1", "'é'; del f()", "'é'; with x as f(): pass", "'é'; lambda: (yield) = 1", "'é'; x = None = 1", "'é'; None = 1", "'é'; f(None=1)", "'é'; class A", "'é'; from a import (b", "'é'; {**a for b in c}", "'é'; f'{'", "'é'; f'{a!x}'", "'é'; f'{a b}'", "é.1", "'é'; not in x",
    "é = 1 1", "x = 'éé' 5 +", "# coding: utf-8\né = 1 1", "\ufeffé = 1 1", "é = (", "def é(é é): pass", "é = 'abc", "é $ 1", "x = é + 0xg", "if é:\nx", "éé = f'{a b}'", "return é", "é: int = 1; global é", "'é' + 1 = 2", "f(é for x in y, 1)",
)
for text in TEXTS:
    for source in text, text.encode(), b"\xef\xbb\xbf" + text.encode(), b"# coding: utf-8\n" + text.encode():
        try:
            compile(source, "made.py", "exec")
            print(source, "is compiled")
        except SyntaxError as e:
            print(source, e.args)
