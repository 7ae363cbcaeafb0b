# RUN: krait run %s | diff %s.out -
# RUN: krait run -O0 %s | diff %s.out -
# "text" == x asks first whether x is that very text, as x == "text" does. Who has a say in it is asked as often and in the same order.
import traceback

log = []


class Says(str):
    def __eq__(self, other):
        log.append(("Says ==", other))
        return str.__eq__(self, other)

    __hash__ = str.__hash__


class Refuses(str):
    def __eq__(self, other):
        log.append(("Refuses ==", other))
        return NotImplemented

    def __ne__(self, other):
        log.append(("Refuses !=", other))
        return NotImplemented

    __hash__ = str.__hash__


class Derived(str):
    pass


class Answers:
    def __init__(self, answer):
        self.answer = answer

    def __eq__(self, other):
        log.append(("Answers ==", other))
        if self.answer is ValueError:
            raise ValueError(other)
        return self.answer


class Odd:
    def __eq__(self, other):
        log.append(("Odd ==", other))
        return NotImplemented

    def __ne__(self, other):
        log.append(("Odd !=", other))
        return "odd"


def equal(x):
    return "\n" == x


def different(x):
    return "ab" != x


def if_equal(x):
    if "ab" == x:
        return 1
    return 0


def if_different(x):
    if "ab" != x:
        return 1
    return 0


def any_of(x):
    return " " == x or "\t" == x or "\n" == x or "ab" == x


EVERYTHING = [
    "\n", "ab", "a" + "b", "é", "", None, 1, 2.5, b"ab", Says("ab"), Says("\n"), Refuses("ab"), Refuses("x"), Derived("ab"), Derived("\n"),
    Answers(1), Answers(0), Answers(None), Answers("yes"), Answers(ValueError), Odd(),
    "\n".join(["", ""]), "x\n"[1:], chr(10), bytes([10]).decode(), "ab\u1234"[:2], "\u1234ab"[1:],
]
for x in EVERYTHING:
    for ask in (equal, different, if_equal, if_different, any_of):
        try:
            print(ask.__name__, repr(ask(x)), log)
        except ValueError as error:
            print(ask.__name__, "failed", error, log)
        log.clear()
try:
    equal(Answers(ValueError))
except ValueError:
    print(traceback.format_exc().replace(__file__, "FILE"))
