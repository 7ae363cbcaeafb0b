# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Which characters a text of the source has is told by the character; what is no text of one character is asked.
class S(str): pass
def f(c): return c in "aeiou+-\x00", c not in " \t", c in "", c in "é€", c in "\x7f"
for c in ["a", "e", "", "ae", "ou+", "z", "é", "€", "\x00", "\x7f", "\x80", "\xff", "𝄞", S("a"), S("z"), S(""), "ab"[1], " ", chr(105), "\udc80"]:
    print(ascii(c), f(c))
for c in [1, None, b"a", ["a"], 3.5]:
    try: print(f(c))
    except TypeError as e: print(e)
