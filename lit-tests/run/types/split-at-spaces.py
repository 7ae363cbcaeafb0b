# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Words of a text between spaces of any kind, whatever stands next to its ends.
import random

random.seed(3)


def words(text, most=-1):
    found, word = [], ""
    for i, c in enumerate(text):
        if not c.isspace():
            if not word and len(found) == most:
                return found + [text[i:]]
            word += c
        elif word:
            found.append(word)
            word = ""
    return found + [word] * bool(word)


ALPHABETS = ["ab ", "abcdefgh \t", "a\0\x1b\x1c\x1d\x1e\x1f !", "a\x7f\x80\x85\x86\x9f\xa0\xa1\xff ", "xyz\u2003\u3000 ", "~!\U0001f600 "]
for alphabet in ALPHABETS:
    wrong = 0
    for _ in range(400):
        text = "".join(random.choice(alphabet) for _ in range(random.randrange(30)))
        if random.random() < 0.3:
            text = text.replace(" ", "  longer" * random.randrange(3))
        for most in (-1, 0, 1, 2, 5):
            wrong += text.split(None, most) != words(text, most)
        wrong += text.split() != words(text) or text.rsplit() != words(text)
    print(repr(alphabet), wrong)
print("".split(), " ".split(), "a".split(), " a".split(), "a ".split(), "1234567".split(), "12345678 ".split(), "12345678".split(), "123456789".split())
