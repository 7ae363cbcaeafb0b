# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# csv.reader: plain fields, quotes, escapes and line ends in every order, for many dialects, also of wide characters.
import csv
import hashlib
import itertools

parts = ["a", "bc", "", ",", ";", '"', '""', " ", "\\", "\n", "\r", "\r\n", "\xe9", "\u20ac", "1.5", "'"]
dialects = [
    {},
    {"delimiter": ";"},
    {"quoting": csv.QUOTE_NONE},
    {"quoting": csv.QUOTE_NONNUMERIC},
    {"escapechar": "\\"},
    {"doublequote": False, "escapechar": "\\"},
    {"skipinitialspace": True},
    {"skipinitialspace": True, "delimiter": " "},
    {"quotechar": "'"},
    {"strict": True},
    {"quotechar": None, "quoting": csv.QUOTE_NONE},
    {"delimiter": "\\", "escapechar": "\\"},
    {"delimiter": "\u20ac"},
    {"delimiter": '"'},
]


def read(lines, options):
    out = []
    try:
        reader = csv.reader(lines, **options)
        for row in reader:
            out.append((row, reader.line_num))
    except (csv.Error, ValueError) as e:
        out.append((type(e).__name__, str(e)))
    return out


for options in dialects:
    digest = hashlib.md5()
    for n in (1, 2, 3):
        for chosen in itertools.product(parts, repeat=n):
            digest.update(repr(read(["".join(chosen)], options)).encode())
    for chosen in itertools.product(parts[::2], parts[1::3], parts[::3]):
        digest.update(repr(read(["x," + "".join(chosen), "y;" + "".join(chosen[::-1]) + "z\n", "last"], options)).encode())
    print(options, digest.hexdigest())

print(read(['a,b,"c', 'd"', "e"], {}), read(["a,b\n", "\n", "c"], {}))
old = csv.field_size_limit(5)
for line in ("12345,x", "123456,x", "x,12345", "x,123456", '"12345"', '"123456"', '"123""45"', 'x,"1234\n56"'):
    print(line.encode(), read([line], {}))
csv.field_size_limit(old)
print(read([b"bytes"], {}), read([1], {}))
