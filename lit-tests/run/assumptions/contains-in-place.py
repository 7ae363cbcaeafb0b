# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# `x in o` where o is of a class of the module goes through a copy of its __contains__, until that is another.


class Box:
    def __init__(self, low, high):
        self.low, self.high = low, high

    def __contains__(self, x):
        return self.low <= x < self.high

    def count(self, xs):
        n = 0
        for x in xs:
            if x in self:
                n += 1
            elif x not in self:
                n -= 1
        return n


class Words:
    """What it returns is asked whether it is true."""

    def __init__(self, words):
        self.words = words

    def __contains__(self, word):
        return self.words.get(word)

    def known(self, words):
        return [w for w in words if w in self]

    def asked(self, words):
        n = 0
        for w in words:
            n += w in self
        return n


class Doubtful:
    def __bool__(self):
        raise ValueError("no answer")


class Open(Box):
    def __contains__(self, x):
        return x >= self.low


class Listed(Box):
    __contains__ = None


class Iterated(Box):
    def __iter__(self):
        return iter((self.low, self.high))


xs = [1, 5, 2.5, -3, 10, 7]
print(Box(0, 6).count(xs * 20), Open(0, 6).count(xs * 20), Iterated(0, 6).count(xs))
try:
    Listed(0, 6).count(xs)
except TypeError as e:
    print(e)
words = Words({"a": 1, "b": 0, "c": "", "d": [1], "e": None})
print(words.known("abcdef" * 2), words.asked("abcdef"))
words.words["b"] = Doubtful()
try:
    words.known("ab")
except ValueError as e:
    print(e, e.__traceback__.tb_next.tb_frame.f_code.co_name)
try:
    Box(0, 6).count([1, "x"])
except TypeError as e:
    frame = e.__traceback__
    while frame:
        print(frame.tb_frame.f_code.co_name, frame.tb_lineno)
        frame = frame.tb_next


class Changing(Box):
    def __contains__(self, x):
        return x > 2

    def each(self, xs):
        found = []
        for x in xs:
            if x == 7:
                Changing.__contains__ = lambda self, x: "later"
            if x == 8:
                del Changing.__contains__
            found.append(x in self)
        return found


print(Changing(0, 6).each([1, 3, 7, 1, 8, 9, 5]))


class Flags:
    def __init__(self, bits):
        self.bits = bits

    def __and__(self, other):
        return Flags(self.bits & other.bits)

    def __or__(self, other):
        return Flags(self.bits | other.bits)

    def __xor__(self, other):
        return Flags(self.bits ^ other.bits)

    def __lshift__(self, n):
        return Flags(self.bits << n)

    def __rshift__(self, n):
        return Flags(self.bits >> n)

    def __rand__(self, other):
        return ("rand", other)


class More(Flags):
    def __rand__(self, other):
        return Flags(7)


def mixed(rounds, b):
    a = Flags(1)
    for n in range(rounds):
        a = ((a | Flags(n)) ^ (a << 1)) & b
        a = a >> (n & 1)
    return a.bits


print(mixed(50, Flags(0xFFFF)), mixed(50, More(0xFF)), 5 & Flags(3))
try:
    mixed(80, 5)
except AttributeError as e:
    print(e)
try:
    Flags(1) << "x"
except TypeError as e:
    print(e)
