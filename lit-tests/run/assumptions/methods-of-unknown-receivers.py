# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is asked for lower(), strip() or split() is taken for a text, and what split() returns for a list of texts: other classes have
# such methods, too, and return what they like.
import os.path


class Odd:
    def lower(self):
        return [1, 2.5, None]

    def strip(self, chars=None):
        return {"a": 1, "b": 2}

    def split(self, by=None):
        return 7 if by == "seven" else (i * 2 for i in range(3))

    def splitlines(self):
        return self

    def decode(self, encoding="utf-8"):
        return b"bytes"

    def hexdigest(self):
        return 255

    def __iter__(self):
        return iter("iterated")

    def __getitem__(self, i):
        return -i

    def __len__(self):
        return 0


def letters(s):
    found = []
    for c in s.lower():
        if c in "aeiou" if isinstance(c, str) else c:
            found.append(c)
        elif found:
            yield found
            found = []
    if found:
        yield found


def fields(line):
    head, *rest = line.strip().split(",")
    total = 0
    for part in rest:
        if part.isdigit():
            total += int(part)
    return head, total


def parts(path):
    head, tail = os.path.split(path)
    return [x.upper() for x in (head, tail)], os.path.split(path)[1][0]


def attempt(f, *arguments):
    try:
        result = f(*arguments)
        print(f.__name__, list(result) if hasattr(result, "__next__") else result)
    except Exception as e:
        print(f.__name__, type(e).__name__, e)


def counted(s):
    n = 0
    for x in s.split():
        n += 1 if x else 10
    return n, s.strip() == "text", bool(s.strip()), bool(s.splitlines())


def decoded(s):
    out = []
    for c in s.decode():
        out.append(c)
    return out, s.decode()[0], s.decode() + s.decode()


def digest(s):
    d = s.hexdigest()
    return d[:2] if isinstance(d, str) else d + 1


class Hash:
    def hexdigest(self):
        return "c0ffee"


for s in "Some Text, with vowels", "ÄÖÜ und ß", b"bytes and more", Odd(), "", bytearray(b"array"):
    attempt(letters, s)
    attempt(counted, s)
for s in " a,1,2,x ", "b", b"c,4", Odd(), "seven", "é,٣,½":
    attempt(fields, s)
    attempt(decoded, s)
for path in "/usr/lib/file.py", "file", "", b"/bytes/too":
    attempt(parts, path)
for h in Hash(), Odd(), Hash():
    attempt(digest, h)


def truths(n):
    # Of what is known to be a list, a dict, a text, a tuple or bytes, empty and not, while it changes.
    a, d, t, s, b = [], {}, (), "", b""
    seen = []
    for i in range(n):
        seen.append((not a, not d, not t, not s, not b, "a" if a else "-", "d" if d and t else "-"))
        if a: a.pop()
        else: a.append(i)
        if not d: d[i] = i
        elif i % 3 == 0: d.clear()
        t = t + (i,) if not t else ()
        s = s + "x" if not s else s[:-1]
        b = b + b"y" if not b else b[1:]
        while a and i % 2: a.pop()
    return seen


for row in truths(9):
    print(*row)
