# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# int() of what comparisons answer: of texts, numbers, mixed; answers that are no bools; a name that is rebound.
class Odd:
    def __init__(self, answer):
        self.answer = answer

    def __eq__(self, other):
        return self.answer


def cells(lines):
    return [[int(c == "#") for c in line] for line in lines]


def count(items, what):
    s = 0
    for x in items:
        s += int(x == what)
        s += 2 * int(x != what)
    return s


def below(numbers, limit):
    return sum(int(n < limit) + int(n == limit) * 10 for n in numbers)


def deaths(items):
    out = []
    for x in items:
        out.append(int(x == "a"))
    return out


print(cells(["#.#", "..#"]), count("abcab", "a"), below([1, 2, 3, 4], 3), below([1.5, 2, 3], 2))
print(deaths(["a", 1, None, Odd(True), Odd(7), Odd(2.9), Odd("12"), "b"]))
try:
    print(deaths(["a", Odd([])]))
except TypeError as e:
    print(e)
try:
    print(deaths(["a", Odd("x")]))
except ValueError as e:
    print(e)
int = str
print(deaths("ab"))
