# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Characters of texts that are compared, asked and looked for, in functions whose versions know them by their codes: texts of other alphabets, subclasses,
# indexes that are out of range, what is no text at all, names that were rebound.
import builtins


def tokens(text):
    out = []
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit():
            j = i
            while j < len(text) and text[j].isdigit():
                j += 1
            out.append(int(text[i:j]))
            i = j
        elif c.isalpha() or c == "_":
            j = i
            while j < len(text) and (text[j].isalnum() or text[j] == "_"):
                j += 1
            out.append(text[i:j])
            i = j
        elif c in "+-*/()":
            out.append(c)
            i += 1
        elif text[i] == '"' or text[i] == "'":
            end = text[i]
            j = i + 1
            while text[j] != end:
                j += 2 if text[j] == "\\" else 1
            out.append(text[i:j + 1])
            i = j + 1
        else:
            out.append((c, ord(text[i]), ord(c)))
            i += 1
    return out


def distance(a, b):
    row = list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        last = row[:]
        row[0] = i
        for j in range(1, len(b) + 1):
            row[j] = last[j - 1] if a[i - 1] == b[j - 1] else 1 + min(last[j - 1], last[j], row[j - 1])
    return row[-1]


def ends(s):
    s = s.strip()
    return s[0] == s[-1], s[0] < s[-1], s[-2] >= "m", s[0] != "\u0440", s[1] in "aeiou", s[1].isupper(), s[1].islower()


class Loud(str):
    def __getitem__(self, i):
        print("item", i)
        return Loud(str.__getitem__(self, i))

    def __eq__(self, other):
        print("eq", str(self), other)
        return str.__eq__(self, other)

    __hash__ = str.__hash__

    def isdigit(self):
        return "maybe"


def count(text, wanted, n):
    found = 0
    text.strip()
    for i in range(n):
        if text[i] == wanted:
            found += 1
        if text[i] == "a":
            found += 100
    return found


def digits(text):
    text.rstrip()
    return [text[i].isdigit() for i in range(len(text))]


def first(text):
    text.lstrip()
    total = 0
    for i in range(3):
        if text[i] == "x":
            total += 1
        total += ord(text[i])
    return total


def caught(function, *arguments):
    try:
        return function(*arguments)
    except Exception as e:
        return f"{type(e).__name__}: {e}, line {e.__traceback__.tb_next.tb_lineno - function.__code__.co_firstlineno}"


print(tokens('x1 = 42*(y_2 - "a\\"b") / \'c\' ; é٣² Ünï_9 日本語 "я" %'))
print(tokens("tab\there\x1c\x0b\u00a0\u2003end 5٣"))
for pair in ("kitten", "sitting"), ("привет", "превед"), ("日本語", "日語"), ("añb…", "anb…"), ("", "x"):
    print(distance(*pair), end=" ")
print()
print(ends("  maze "), ends("рама"), ends("ñandu…"), ends("日本"))
print(count("banana", "n", 6), count("banana", "na", 6), count("банан", "а", 5), count(["a", "n", 3.5], "n", 3) if False else "")
print(count(Loud("aba"), "b", 3))
print(caught(count, "abc", "c", 4), caught(count, Loud("ab"), "c", 3))


class Words:
    def __init__(self, *words):
        self.words = words

    def __getitem__(self, i):
        return self.words[i]

    def __len__(self):
        return len(self.words)

    def strip(self):
        pass

    rstrip = lstrip = strip


print(count(Words("a", "ab", 7, None, 1.5, "b"), "b", 6), count(Words("a", "ab", 7, None, 1.5, "b"), 7, 6))
print(digits("1a٣²½"), digits(Loud("7x")), caught(digits, Words("1", "12", "1x", "", 7)), caught(digits, b"12"))
print(first("xyz"), first("я日x"), caught(first, "xy"), caught(first, Words("x", "xy", "z")), caught(first, b"xyz"))


def shadowed(text):
    text.upper()
    return [ord(text[i]) for i in range(len(text))]


print(shadowed("ab"))
builtins_ord = ord
builtins.ord = lambda c: "!" + c
print(shadowed("ab"), first.__name__)
builtins.ord = builtins_ord
print(shadowed("aé日"))


def kept(text):
    # What is compared may be wanted afterwards, on the way out, or in a traceback.
    text.upper()
    out = []
    for i in range(len(text)):
        try:
            if text[i] == "b" and 1 // (i - 1):
                out.append(i)
            elif text[i] == text[-i - 1]:
                out.append(text[i])
        except ZeroDivisionError as e:
            out.append(str(e))
    return out


print(kept("abcba"), kept("яжbжя"), kept(Loud("ab")))


def edges(lines):
    found = []
    for line in lines:
        line.strip()
        found.append((line.startswith("#"), line.startswith("--"), line.startswith("abcd"), line.endswith("d"), line.endswith(".py"), line.startswith("")))
    return ["".join(" x"[flag is True] if isinstance(flag, bool) else "?" for flag in flags) for flags in found]


class Other:
    def strip(self):
        pass

    def startswith(self, edge):
        return edge == "--"

    def endswith(self, edge):
        return edge


class Cased(str):
    def startswith(self, edge):
        return self.lower()[:len(edge)] == edge


print(edges(["", "#", "-", "--", "--x", "-x", "abc", "abcd", "abcde", "bcd", "a.py", ".py", "py", "я--", "--я", "яd", "#é", "é.py", "d\0"]))
print(edges([Other(), Cased("ABCD"), Cased("--"), "#"]), caught(edges, [b"--"]), caught(edges, ["#", 5]))


def values(text):
    text.strip()
    total = 0
    for i in range(len(text)):
        total = total * 10 + int(text[i])
    return total, [int(c) for c in text]


def numbers(words):
    total = 0
    for w in words:
        w.strip()
        total += int(w)
    return total


print(values("3141"), values("1\u0663"), values(Words("1", "22", 3, 4.5, True)), values(Loud("27")))
print(caught(values, "12x4"), caught(values, "1 2"), caught(values, "1\u00b2"), caught(values, b"12"), caught(values, Words("1", None)))
print(numbers(["1", "22", " 3 ", "-4", "5"]), caught(numbers, ["1", "", "2"]), numbers([b"7", "8"]), caught(numbers, ["1", 2]), numbers(["9" * 30, "1"]))
builtins_int = int
builtins.int = lambda c: 1000
print(values("12"), numbers(["1"]))
builtins.int = builtins_int
print(values("12"), numbers(["1"]))


# What is known to be a text, not only guessed, has items that are.
def ends_of(things):
    found = []
    for thing in things:
        line = "%s %s" % (thing, thing)
        if line[-1] != "\n":
            found.append("open")
        if line[0].isdigit() and line.startswith("1"):
            found.append(int(line[0]))
        if line[1] in "+- ":
            found.append(ord(line[1]))
        if line[0] == line[-1]:
            found.append(line)
    return found


print(ends_of(["a\n", 1, 22, "\N{GREEK SMALL LETTER ALPHA}", "-+"] * 3))
try:
    ends_of([12, "1\N{ARABIC-INDIC DIGIT ONE}", ""])
except IndexError as error:
    print(error)
