# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The words of __slots__ in a str stand clear of its text, whatever its length and width.
import gc
import weakref


class Asked:
    __slots__ = ()

    def __getattr__(self, name):
        return "asked for " + name


class Name(str):
    __slots__ = ("quote", "lower")

    def __new__(cls, text, quote=None):
        self = super().__new__(cls, text)
        self.quote = quote
        return self


class Marked(Asked, Name):
    __slots__ = ("mark", "__weakref__")


class Open(Marked):
    pass


def read(o):
    return o.quote


for text in ("", "a", "seven..", "eight...", "süß", "漢字", "\U0001f40d" * 3, "x" * 100):
    for cls in Name, Marked, Open:
        o = cls(text, [1])
        assert read(o) == [1] and o == text and hash(o) == hash(text), text
        if cls is not Name:
            o.mark = o
            print(cls.__name__, len(o), o.upper() == text.upper(), o.lower, o.mark is o)
        o.lower = len
        assert o.lower is len and o.quote == [1] and str(o) == text
        del o.lower
        if cls is Open:
            o.more = 1
            seen = weakref.ref(o)
            del o
            gc.collect()
            print(seen())
try:
    Name("a").lower
except AttributeError as e:
    print(e)
for base in int, bytes, tuple:
    try:
        type("Bad", (base,), {"__slots__": "a"})
    except TypeError as e:
        print(e)
