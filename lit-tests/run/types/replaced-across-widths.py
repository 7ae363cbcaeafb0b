# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# replace() of texts of every width by texts of every width: what goes may have been the widest, what comes wider than all. And iteration of these.
import zlib

letters = "a", "\xe9", "\u0105", "\U0001f600"


def slow(text, old, new, most):
    out = []
    while most:
        at = text.find(old)
        if at < 0:
            break
        out += [text[:at], new]
        text = text[at + len(old):]
        most -= 1
    return "".join(out) + text


def digest(texts):
    return zlib.crc32("|".join(texts).encode("utf-8"))


texts = {"".join(letters[n >> shift & 3] for shift in range(0, 2 * length, 2)) for length in range(1, 5) for n in range(4 ** length)}
texts |= {t * 20 + "x" for t in texts if len(t) < 3} | {"x" * 70 + t + "yz" * 40 for t in texts if len(t) < 3}
olds = [a + b for a in ("", *letters) for b in letters]
news = ["", "b", "bc", "\xea", "\u0106", "\U0001f601", "b\u0106", "\U0001f601b\xea"]
for new in news:
    for most in -1, 1, 2:
        results = [t.replace(old, new, most) for t in sorted(texts) for old in olds]
        same = results == [slow(t, old, new, most) for t in sorted(texts) for old in olds]
        print(ascii(new), most, digest(results), same, sum(map(len, results)), sum(r.isascii() for r in results))

# Results of a few characters or none; without a change the text itself.
text = "".join(["a\u0105", "b"])
print(text.replace("\u0105", "") == "ab", text.replace("q", "r") is text, text.replace("\u0106", "r") is text)
for old, new in ("a\u0105b", ""), ("a\u0105b", "\xe9"), ("a\u0105b", "\u0107"), ("a\u0105", "a"), ("\u0105b", "\xe9"):
    print(ascii(text.replace(old, new)), hash(text.replace(old, new)) == hash(eval(ascii(text.replace(old, new)))), {text.replace(old, new): 1})


class Text(str):
    pass


print(type(Text(text).replace("a", "b")), type(Text(text).replace("q", "b")), ascii(text.replace(Text("a"), Text("\U0001f600"))))

for t in "\xe9a\xe8", "a\u0105b", "\U0001f600a\u0105", "\u0105" * 3:
    steps = iter(t)
    print([ascii(c) for c in t], [c is d for c, d in zip(t, t)][1:2] if t[1] == "a" else "", ascii(next(steps)), steps.__length_hint__(), ascii("".join(steps)), next(steps, None))
