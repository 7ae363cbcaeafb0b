# RUN: krait run %s | diff %s.out -
# RUN: krait run -O1 --verify-each %s | diff %s.out -
# A small method that compares an attribute with a text is done in place; what else is in that attribute has its say.
class Own(str):
    asked = 0

    def __eq__(self, other):
        Own.asked += 1
        return False

    __hash__ = str.__hash__


class Anything:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return []


class Answer:
    def __eq__(self, other):
        return "an answer"


class Fails:
    def __eq__(self, other):
        raise ValueError("compared")


class Token:
    def __init__(self, kind, size):
        self.kind, self.size = kind, size

    def is_name(self):
        return self.kind == "name"

    def is_other(self):
        return "name" != self.kind

    def width(self):
        if self.kind == "space":
            return 1
        if self.kind != "name":
            return 2
        return self.size

    def same(self, kind):
        return kind == "name"


def total(tokens):
    n = 0
    for t in tokens:
        if t.is_name():
            n += t.width()
        elif t.is_other():
            n += 100 * t.width()
        if t.same(n):
            n += 1000
    return n


def answers(tokens):
    return [(t.is_name(), t.is_other(), t.width()) for t in tokens]


def made(a, b):
    return a + b


plain = [Token("name", 5), Token("space", 1), Token(made("na", "me"), 7), Token("nam\u00e9", 9), Token("", 0)]
print(total(plain * 10), answers(plain))
odd = [Token(kind, 3) for kind in (None, 1, 1.5, True, float("nan"), b"name", ["name"], ("name",), Own("name"), Anything(), Answer())]
print(total(plain + odd), answers(odd), Own.asked)
try:
    total(plain + [Token(Fails(), 2)])
except ValueError as e:
    tb = e.__traceback__
    names = []
    while tb:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(e, names)
