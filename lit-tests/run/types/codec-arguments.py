# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Names of encodings and of error handlers that are none: which is looked at first, and what is said of it.
def t(f, *a, **k):
    try: print(ascii(f(*a, **k)))
    except Exception as e: print(type(e).__name__, ascii(str(e)))
odd = "\ud800", "a\0b", "utf-8", None, 5
for encoding in odd:
    for errors in odd:
        for f in "a".encode, b"a".decode, bytearray(b"a").decode:
            t(f, encoding, errors)
        for kind in str, bytes, bytearray:
            for source in "a", b"a", [], 5:
                t(kind, source, encoding, errors)
            t(kind, encoding=encoding, errors=errors)
    for kind in str, bytes, bytearray:
        t(kind, encoding=encoding); t(kind, errors=encoding); t(kind, "a", errors=encoding); t(kind, b"a", errors=encoding)
    t(float.__getformat__, encoding)

# What went wrong in a codec is the cause of what is raised, and no context.
import codecs
for call in (lambda: codecs.decode("616", "hex"), lambda: codecs.decode(b"zz", "zlib"), lambda: "a..b".encode("idna"), lambda: codecs.encode(b"a", "rot13")):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, repr(e.__cause__), e.__context__, e.__suppress_context__)
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            call()
    except Exception as e:
        print(repr(e.__context__))
