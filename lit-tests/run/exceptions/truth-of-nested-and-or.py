# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A traceback shows the `and` or `or` that asked an operand for its truth: the innermost one, of its last operand the one around it.
import sys
import traceback


class Odd:
    def __init__(self, name, left):
        self.name, self.left = name, left

    def __bool__(self):
        if self.name == self.left:
            raise ValueError(self.name)
        return self.name in "ace"


def same(a, b, c, d, e, f):
    return [(b or d) or f, b or (d or f), ((b or d) or f) or b, b or ((d or f) or b), (b or d or f) or b, (a and c) and e, a and (c and e) and a, ((a and c) and e) and a][0]


def mixed(a, b, c, d, e, f):
    return [(a and c) or e, (a and b) or f, (b or c) and d, (b or d) and e, a and (b or d), b or (a and c), ((a and b) or (c and d)) and e, (a or b) and (b or f) and c, b or (d or (f or a) and c)]


def negated(a, b, c, d, e, f):
    return [(not a and c) or e, (a and not c) or f, not (a and c) or f, not (b or d) and (not f or a), (1 < 2 < 3 and a) or c, (b if a else c) or (d or f)]


def conditions(a, b, c, d, e, f):
    n = 0
    if (b or d) or f: n += 1
    if (a and c) and e: n += 2
    if (a and c) or e: n += 4
    while (b or d) and not (f or a): n += 8
    assert (a and c) or f
    return n, 1 if (a and b) or (d or f) else 2, [x for x in "ab" if (b or d) or (f or a)]


for function in (same, mixed, negated, conditions):
    for left in "abcdef":
        try:
            print(type(function(*(Odd(name, left) for name in "abcdef"))).__name__)
        except ValueError as e:
            entry = traceback.extract_tb(e.__traceback__)[1]
            print(function.__name__, left, entry.line[entry.colno - 4:entry.end_colno - 4])
