# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What csv makes of fields with quotes, escapes, delimiters and line ends in all places, in dialects of all kinds, read and written.
import csv
import io
import itertools
import zlib

pieces = ("", "a", '"', '""', ",", ";", "\\", " ", "'", "\r", "\n", "\r\n", "x y", "1", "-2.5", "\xe9", "\u20ac", "|")
dialects = [
    {}, {"delimiter": ";"}, {"quotechar": "'"}, {"doublequote": False, "escapechar": "\\"}, {"escapechar": "\\"}, {"skipinitialspace": True},
    {"strict": True}, {"quoting": csv.QUOTE_ALL}, {"quoting": csv.QUOTE_NONNUMERIC}, {"quoting": csv.QUOTE_NONE, "escapechar": "\\"},
    {"quoting": csv.QUOTE_NONE}, {"quoting": csv.QUOTE_NONE, "quotechar": None}, {"lineterminator": "|"}, {"lineterminator": "\u20ac\n"},
    {"delimiter": "\xe9"}, {"delimiter": "\u20ac"}, {"delimiter": " ", "skipinitialspace": True}, {"delimiter": '"', "quotechar": "'"},
    {"delimiter": "\t", "strict": True, "doublequote": False}, {"escapechar": '"'}, {"delimiter": ",", "quotechar": ","}]


class Log:
    """Of results, as a number; the first of each kind of error in words."""

    def __init__(self):
        self.sum, self.errors = 0, {}

    def add(self, call):
        try:
            found = repr(call())
        except Exception as error:
            found = f"{type(error).__name__} {error}"
            self.errors[found] = self.errors.get(found, 0) + 1
        self.sum = zlib.crc32(found.encode(), self.sum)


def written(rows, options):
    out = io.StringIO(newline="")
    csv.writer(out, **options).writerows(rows)
    return out.getvalue()


for options in dialects:
    read, wrote, back = Log(), Log(), Log()
    for count in 1, 2, 3:
        for parts in itertools.product(pieces, repeat=count):
            text = "".join(parts)
            read.add(lambda: list(csv.reader([text], **options)))
            if count == 2:
                read.add(lambda: list(csv.reader(["x," + text + ",y\n", text + "\r\n", '"' + text + '";' + text], **options)))
                wrote.add(lambda: written([parts, (text,), [text, 5, None, 2.5], ()], options))
                back.add(lambda: list(csv.reader(io.StringIO(written([parts, (text, "b")], options), newline=""), **options)))
    print(options, read.sum, wrote.sum, back.sum)
    for log in read, wrote, back:
        print("   ", dict(sorted(log.errors.items())))

for limit in 3, 4:
    csv.field_size_limit(limit)
    for line in "abc,abcd", '"abc",x', '"abcd",x', 'abc,"abcd"', '"a""bc"', '"a""bcd"', '"","abcd"\n':
        try:
            print(limit, list(csv.reader([line])))
        except csv.Error as error:
            print(limit, line, error)
csv.field_size_limit(131072)
reader = csv.reader(iter(['a,"b\n', 'c",d\r\n', '"e"\n', '"f" ,"g"h\n', ',\n', '""\n', '"",""']))
for row in reader:
    print(reader.line_num, row)


class Rows:
    def __iter__(self):
        yield "ab"
        yield (x for x in (1, 2))
        yield {"k": 1}
        raise KeyError("rows")


def failing():
    yield 1
    raise TypeError("in a row")


for rows in Rows(), [[1], 5], [failing()], 5, [[1, 2], None]:
    out = io.StringIO()
    try:
        csv.writer(out).writerows(rows)
    except Exception as error:
        print(type(error).__name__, error, repr(out.getvalue()))
try:
    csv.writer(io.StringIO()).writerow(5)
except csv.Error as error:
    print(error, error.__context__)
grows = [1, 2]


class Growing:
    def __str__(self):
        if len(grows) < 5:
            grows.append(len(grows))
        return "g"


grows.append(Growing())
out = io.StringIO()
csv.writer(out).writerow(grows)
print(repr(out.getvalue()))
