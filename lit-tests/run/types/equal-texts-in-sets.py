# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Texts that are equal and not the same objects, of each length and width, in sets and as keys of dict.fromkeys(): the first that came is kept.
import random

rng = random.Random(3)
alphabets = "ab", "a\xe9", "a\u0436", "a\U0001f600"
for alphabet in alphabets:
    texts = ["".join(rng.choice(alphabet) for _ in range(length)) for length in range(40) for _ in range(3)]
    copies = ["".join(list(t)) for t in texts]
    s, d = set(texts), dict.fromkeys(texts, 7)
    print(len(s), s == set(copies), len(set(texts + copies)), all(c in s for c in copies), len(s & set(copies)), s - set(copies), d == dict.fromkeys(texts + copies, 7))
    firsts = {}
    for t in texts + copies:
        firsts.setdefault(t, t)
    print(all(k is firsts[k] for k in dict.fromkeys(texts + copies)), all(k is firsts[k] for k in set(texts + copies)))
    for c in copies:
        s.discard(c)
        s.add(c)
        s.add(c[:-1] + "?")
    print(len(s), sorted(ascii(t) for t in s)[-3:])


class Text(str):
    def __eq__(self, other):
        print("asked", str(self), "==", str(other))
        return str(self) == str(other)

    __hash__ = str.__hash__


print(len({"ab", Text("ab")}), len({Text("ab"), "ab", "".join("ab")}), Text("abc") in {"abc"}, "".join("abc") in {Text("abc")})
print(dict.fromkeys(["k", Text("k"), "".join("kk")]), dict.fromkeys([Text("q"), "q"]), dict.fromkeys("hello", []), dict.fromkeys(["a", "a"]))


class Own(dict):
    def __setitem__(self, key, value):
        print("set", key)
        super().__setitem__(key, value)


print(Own.fromkeys(["x", "y", "x"], 1))
shared = []
made = dict.fromkeys(["p", "q", "p"], shared)
made["p"].append(1)
print(made, made["q"] is shared)
