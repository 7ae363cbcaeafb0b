# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Slices of texts with a step: by parts of any size, of every alphabet, and what is no part.
def parts(s):
    out = []
    for start in (None, 0, 2, -2, 99, -99, 2**61, -(2**61), 2**70, -(2**70)):
        for stop in (None, 0, 3, -1, 99, -99, 2**70):
            for step in (1, 2, -1, -2, 3, 2**61, -(2**61), -(2**70)):
                out.append(s[start:stop:step])
    return out


for s in ("", "x", "abcdef", "äöüß", "aä", "日本語z", "a\U0001F600b"):
    found = parts(s)
    print(len(found), sorted(set(found)), s[::-1], s[::2], s[::-2], s[1::2])
print(all(a == "".join(b) for s in ("abcdefg", "äbc日") for a, b in zip(parts(s), parts(list(s)))))
s = "abc"
print(s[::1] is s, s[5::2] == "")


class Index:
    def __index__(self):
        return -1


class Text(str):
    pass


print(s[:: Index()], s[Index() :: -1], Text("abc")[::-1], type(Text("abc")[::-1]))
for step in (0, "a", 1.5):
    try:
        s[::step]
    except (ValueError, TypeError) as e:
        print(e)
