# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What all characters of a text are, of texts within and beyond ASCII; parts of both; equality of texts that are no one object.
ASKED = "isalpha isalnum isdigit isdecimal isnumeric isspace isupper islower istitle isprintable".split()
TEXTS = ["", "a", "A", "1", " ", "\t\n", "aB", "AB", "ab", "a1", "a b", "12a", "é", "É", "Éa", "\xb2", "\xa0", "\x85", "١", "½", "ǅ", "字", "字a", "\U0001d400"]


class Text(str):
    pass


for text in TEXTS:
    print(ascii(text), *(int(getattr(text, name)()) for name in ASKED), *(int(getattr(Text(text), name)()) for name in ASKED))
for text in "hello world", "h\xe9llo w\xf6rld", "字典 and others":
    print(ascii([text[1:], text[:1], text[2:3], text[:], text[5:2], text[-3:]]), type(Text(text)[:]), type(Text(text)[0:100]))
    for n in 0, 1, 2, 5, len(text):
        other = text[:n] + "".join(text[n:])
        print(other == text, other != text, other[:n] == text[:n], other[:n] != text[:n - 1] + "?", end=" ")
    print()
print((1234).bit_length(), (1.5).is_integer(), True.real, (7).__add__(1), [n.bit_length() for n in (0, 1, 255, 2**70)])
