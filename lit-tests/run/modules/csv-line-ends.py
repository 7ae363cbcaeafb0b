# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Every way in which the last field of a line can end, for dialects of all kinds; and what counts, picks and combines along the way.
import csv
import io
import itertools
import operator
from collections import Counter

endings = ("", "\n", "\r", "\r\n", "\n\n", "\r\r\n", "\n\r", "x\n", " \n", '"\n', "\\\n", "\n\n ")
starts = ("", "a", "a,b", "a,", ",", '"a"', '"a",b', 'a,"b', "a\\", "a\\,b", " a, b", "1,2.5", "\xe9,\xff", "\u20ac,b", "a\x00b", "a,b c")
dialects = (
    {}, {"strict": True}, {"escapechar": "\\"}, {"skipinitialspace": True}, {"quoting": csv.QUOTE_NONNUMERIC}, {"quoting": csv.QUOTE_NONE, "escapechar": "\\"},
    {"delimiter": " "}, {"delimiter": "b", "quotechar": "a"}, {"doublequote": False, "escapechar": "\\"},
)
for dialect in dialects:
    answers = []
    for start, ending in itertools.product(starts, endings):
        reader = csv.reader([start + ending, "next,line"], **dialect)
        rows = []
        try:
            for row in reader:
                rows.append(row)
        except (csv.Error, ValueError) as error:
            rows.append(str(error))
        answers.append((rows, reader.line_num))
    print(dialect)
    for count, answer in Counter(map(ascii, answers)).most_common():
        print(count, answer)
old = csv.field_size_limit(3)
for line in ("abc", "abcd", "ab,abcd\n", "abcd,ab", '"abcd"', "abc\r\n"):
    try:
        print(next(csv.reader([line])))
    except csv.Error as error:
        print(error)
csv.field_size_limit(old)
print(list(csv.reader(io.StringIO("a,b\r\nc,d\n\ne\n", newline=""))), list(csv.DictReader(io.StringIO("x,y\n1,2\n3\n4,5,6\n"))))


class Moody:
    def __getitem__(self, key):
        return ("got", key)


rows = [(3, "c"), (1, "a"), (2, "b")]
print(sorted(rows, key=operator.itemgetter(1)), [operator.itemgetter(i)(rows[0]) for i in (0, 1, -1, -2)], operator.itemgetter("k")({"k": 5}), operator.itemgetter(1)(Moody()), operator.itemgetter(slice(1))([1, 2]))
for getter, item in ((operator.itemgetter(2), (1, 2)), (operator.itemgetter("x"), {}), (operator.itemgetter(0), 5), (operator.itemgetter("a"), [1]), (operator.itemgetter(True), [1])):
    try:
        getter(item)
    except Exception as error:
        print(type(error).__name__, error)
pairs = list(itertools.product("ab", [1, []]))
pairs[1][1].append(pairs)
import gc

print(gc.is_tracked(pairs[1]), pairs[0], len(list(itertools.product(range(2), repeat=9))), list(itertools.product(repeat=0)), list(itertools.permutations("abc", 2))[-1], list(itertools.combinations(range(10), 9))[0])
one, other = itertools.tee(iter(range(130)))
print(sum(one), next(other), list(other)[-1], next(one, "end"))
one, other = itertools.tee(iter(range(3)))
print([next(one), next(other), next(other), next(one), next(one), next(other), next(one, 9), next(other, 9)])
print(Counter([1, 1.0, True, "a", "a"]), Counter(c for c in "abca"), Counter((1, 2, 1)), Counter({"a": 3}))
