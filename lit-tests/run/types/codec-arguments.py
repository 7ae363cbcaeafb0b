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
