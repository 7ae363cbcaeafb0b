# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is out of range: of an error handler's exception, of open()'s buffer; the table of a charmap with undefined characters; what
# cannot be deleted or set of an instance's dict; modules that are built in.
import ast
import codecs
import imp
import io
import tempfile
import warnings

warnings.simplefilter("ignore")


def tried(f, *arguments, **options):
    try:
        print(ascii(f(*arguments, **options)), end=" ")
    except Exception as e:
        print(type(e).__name__, e, end=" ")


for name in "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace":
    handler = codecs.lookup_error(name)
    print("\n" + name)
    for start, end in (1, 2), (-1, 4), (1, 1), (2, 1), (5, 9), (3, 3), (1, 0), (0, 0), (-5, -3), (1, 9), (2, 2):
        if name != "replace" or start < 2 or start < end:
            tried(handler, UnicodeEncodeError("utf-8", "abc", start, end, "reason"))
        if name in ("ignore", "replace"):
            tried(handler, UnicodeDecodeError("utf-8", b"abc", start, end, "reason"))

print()
for table in "a\ufffec", "\0b\ufffec", "\0b\ufffe\0", "\0b\ufffe\U00010000":
    tried(codecs.charmap_encode, "b\ufffe", "replace", codecs.charmap_build(table + "?"))

with tempfile.NamedTemporaryFile() as file:
    for size in -(2**31), -2, -1, 1, 2, 1024, 2**31 - 1, 2**31, -(2**31) - 1, 3.5, None:
        print("\n", size, end=" ")
        for mode in "r", "rb", "r+b":
            tried(lambda: open(file.name, mode, buffering=size).close())

print()
for o in ast.Name("a"), ValueError(), io.StringIO():
    tried(delattr, o, "__dict__")
    tried(setattr, o, "__dict__", 3)
    tried(setattr, o, "__dict__", {"a": 1})
print([imp.is_builtin(name) for name in ("sys", "builtins", "posix", "json", "none")])
