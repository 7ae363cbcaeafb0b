# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is said of calls and assignments that are wrong, where it depends on how the callee is found.
import collections
import datetime
import warnings


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


for text in ("abc", b"abc", bytearray(b"abc")):
    for name in ("count", "find", "index", "rfind", "rindex", "startswith", "endswith"):
        attempt(getattr(text, name), other=1)
        attempt(getattr(type(text), name), text, other=1)
        attempt(getattr(type(text), name), other=1)
attempt(lambda: "abc".count("a", start=1))
attempt(lambda: b"abc".rindex(b"a", end=1))

every_other = memoryview(b"abcdef")[::2]
for text in (b"xacey", bytearray(b"xacey")):
    attempt(text.partition, every_other)
    attempt(text.rpartition, every_other)
    attempt(text.join, [every_other])


class Plain:
    pass


class Number(int):
    pass


class Items(list):
    pass


for cls, bases in ((Plain, (int,)), (Plain, (Number,)), (Number, (Plain,)), (Items, (int,)), (Items, (dict,)), (Plain, (Exception,))):
    attempt(setattr, cls, "__bases__", bases)

for cls in (datetime.date, datetime.datetime):
    for args in ((), ("a",), (1.5,), (2024,), (2024, "x"), (None, 1), (2024, 1, "a")):
        attempt(cls, *args)
print(exit.__module__, type(exit).__module__, help.__module__)
print(collections.namedtuple("N", "a").a)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    for source in ("x is 1 is 2", "x is y is 'a'", "x is not 1.5 is ()"):
        compile(source, "f", "exec")
    print([str(w.message) for w in seen])
