# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Lists, tuples, dicts, sets, strings.
l = [3, 1, 2]
l.append(5); l.extend([7, 6]); l.insert(0, 9); l.sort(); print(l, l[1:4], l[::-1], l[-1], len(l), 5 in l)
l[0] = 100; del l[1]; l[1:3] = ["x", "y", "z"]; print(l, l.index("y"), l.pop(), l.count("x"))
t = (1, 2, 3); a, *b = t; print(a, b, t + (4,), t * 2, t[0])
d = {"a": 1, "b": 2}; d["c"] = 3; d.update(d=4); del d["a"]
print(d, list(d), d.get("zz"), d.get("zz", 0), d.pop("b"), "c" in d, sorted(d.items()), d.setdefault("q", []))
for k, v in d.items():
    print(k, v)
s = {1, 2, 3}; s.add(2); s.discard(1); print(s, s | {9}, s & {2}, s - {2}, s ^ {2, 8}, 2 in s)
print("a,b,c".split(","), "-".join("xyz"), "abc".upper(), "  x ".strip(), "abc"[1:], "ab" * 3, "a" < "b")
print("%s %d %5.2f %r" % ("s", 42, 3.14159, "q"), "{} {:>5} {x!r}".format(1, 2, x=3), f"{l!r:>20} {1+1=} {3.5:.3f}")
print("héllo".encode(), b"abc".decode(), "日本"[0], len("日本"), "é".upper(), repr("a\n\t'\"\\"))
x = y = [1]; x += [2]; print(y, x is y); x = x + [3]; print(y, x is y)
print(sorted(["b", "A", "c"], key=str.lower, reverse=True), list(reversed([1, 2])), list(enumerate("ab", 1)), max(3, 9, 2), min([4, 2]))
print(list(map(lambda v: v * 2, [1, 2])), list(filter(None, [0, 1, 2])), list(zip([1, 2], "ab")), isinstance(1, int), type([]))

# Sizes of what split makes; texts whose repr needs no escapes, and others; joined bytes of all kinds.
import sys
for text in ("a b c", "a,b," * 10, "x", "", "a " * 13):
    print([sys.getsizeof(p) for p in (text.split(), text.split(","), text.split(None, 1), text.rsplit(",", 2), text.split(",", 0))], text.split())
print([repr(s) for s in ("", "it's", 'say "x"', "both ' and \"", "tab\t", "\x7f", "é", "a\\b", "plain", "\x00", "日本")])
print(b",".join([b"a", b"b", b""]), b"".join([]), b",".join((b"a", bytearray(b"b"))), bytearray(b"-").join([b"a", b"b"]), b"".join([b"", b""]))
try:
    b",".join([b"a", "b"])
except TypeError as e:
    print(e)
class Same:
    def __init__(self, v): self.v = v
    def __hash__(self): return 1
    def __eq__(self, o): return self.v == o.v
print(len({Same(1), Same(2), Same(1)}), len(set([Same(i % 3) for i in range(10)])), Same(2) in {Same(1), Same(2)})
print("".join(chr(c) for c in range(300) if chr(c).isalpha()), [c for c in range(300) if chr(c).isspace()], "abc1".isalnum(), "1a".isidentifier())
