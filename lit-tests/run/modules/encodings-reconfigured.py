# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A text stream whose reconfigure() failed goes on with the codec that it had.
import io


def tried(first, encoding, errors=None, raw=b"caf\xc3\xa9\n"):
    w = io.TextIOWrapper(io.BytesIO(), first, write_through=True)
    w.write("abc")
    try:
        w.reconfigure(encoding=encoding, errors=errors)
    except LookupError as e:
        print(e)
    w.write("def")
    w.flush()
    print(w.encoding, w.errors, w.buffer.getvalue())
    r = io.TextIOWrapper(io.BytesIO(raw), first, "replace")
    try:
        r.reconfigure(encoding=encoding, errors=errors)
    except LookupError as e:
        print(e)
    print(r.encoding, r.errors, ascii(r.read()))


for first in ("ascii", "utf-8", "cp1252", "koi8-r", "utf-16-le"):
    for encoding in ("nope", "latin-1", "cp500", "utf-8", None):
        tried(first, encoding)
    tried(first, "nope", "ignore")
