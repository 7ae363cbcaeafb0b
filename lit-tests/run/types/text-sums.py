# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# `+` and `+=` of what is probably a text: in place where nobody else has it, of every width, and of what is no text after all.


def grown(pieces, times):
    text = ""
    for i in range(times):
        for piece in pieces:
            text += piece
    return text


for pieces in ["a"], ["ab", "c"], ["abcdefg"], ["abcdefgh"], ["x", "é"], ["x", "\u20ac"], ["\u20ac", "a"], ["a", "\U0001f600", "b"], ["", "q"], ["a" * 40]:
    for times in 0, 1, 2, 7, 8, 9, 33, 600:
        text = grown(pieces, times)
        assert text == "".join(pieces) * times and len(text) == len("".join(pieces)) * times
        assert hash(text) == hash("".join(pieces * times)) and text.isascii() == all(p.isascii() for p in pieces[:times * len(pieces)])
        assert text.encode() == "".join(pieces * times).encode()
    print(ascii(text[-5:]), len(text))


def shared(n):
    text, seen = "s", []
    for i in range(n):
        seen.append(text)
        text += "x"
        text += text[-1:]
    return seen


print(shared(6))


def doubled(text, n):
    for i in range(n):
        text += text
    return len(text)


print(doubled("ab", 10), doubled("a" * 3, 5))


def hashed(n):
    text, table = "k", {}
    for i in range(n):
        table[text] = i
        text += "k"
        table[text] = -i
    return sorted(table.items(), key=lambda item: len(item[0]))


print(hashed(4))


class Text(str):
    def __add__(self, other):
        return "added " + str(other)

    def __radd__(self, other):
        return "added behind " + str(other)

    def __iadd__(self, other):
        return "in place " + str(other)


class Right:
    def __radd__(self, other):
        return ("right", other)


def both(a, b):
    first = "" + str(a) + "|"
    first += a + b
    second = a
    second += b
    return first, second


for a, b in ("a", "b"), (Text("a"), "b"), ("a", Text("b")), (Text("a"), Text("b")), ("a", ""), ("", "b"):
    print(both(a, b), type(both(a, b)[1]).__name__)


def add(n, b):
    text = "t"
    for i in range(n):
        if i == 2:
            text = text + b
        text += str(i)
    return text


print(add(4, "s"))
for b in 1, None, b"x", 1.5, ["x"], Right():
    try:
        print(add(4, b))
    except TypeError as e:
        print(e)


def other(n, start):
    total = start
    for i in range(n):
        total += "1" if type(start) is str else start
    return total


print(other(5, "s"), other(5, 2), other(5, 0.5), other(3, [1]), other(2, (1, 2)), other(2, b"ab"))
