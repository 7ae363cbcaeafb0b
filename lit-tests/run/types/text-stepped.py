# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Loops over the characters of a text: ASCII, Latin-1 and others, ended early, gone on with, set to another place, used up.
import pickle


def each(text):
    found = []
    for c in text:
        found.append(c)
    return found


def words(text):
    """Two loops over one iterator."""
    found, word, it = [], "", iter(text)
    for c in it:
        if c == '"':
            for c in it:
                if c == '"':
                    break
                word += c
        elif c == " ":
            found.append(word)
            word = ""
        else:
            word += c
    return found + [word], next(it, "used up"), list(it)


class Text(str):
    pass


for text in ("", "a", "plain", "\0\x7f", "caf\u00e9", "\u20ac5", "\U0001f600!", Text("own"), Text("\u00e9")):
    print(each(text), [ord(c) for c in text], [c for c in text if c in "ae"])
print(words('say "to be" or "not'), words("caf\u00e9 \"\u20ac 5\" x"))
it = iter("abcdef")
print(type(it).__name__, type(iter("\u00e9")).__name__, next(it), it.__length_hint__())
it.__setstate__(4)
for c in it:
    print(c, it.__length_hint__())
it.__setstate__(0)
print(next(it, None), list(pickle.loads(pickle.dumps(iter("xyz")))))
print(each(iter("ab")), each(c * 2 for c in "ab"), each(range(2)), each({"k": 1}), each((1,)), each(b"a"))
