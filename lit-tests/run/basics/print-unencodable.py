# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# print() writes piece by piece: what comes before a text that the stream cannot encode is written.
import io
import sys

for arguments, keywords in [
    (("a", "b\xe9c", "d"), {}),
    (("a", "b", "c"), {"sep": "\u20ac"}),
    (("a", "b"), {"end": "\u20ac"}),
    (("\xe9",), {}),
    (tuple("x" * 30) + ("\xe9", "y"), {}),
    ((1, 2.5, "z"), {}),
]:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, "ascii")
    try:
        print(*arguments, file=stream, **keywords)
    except UnicodeEncodeError as e:
        print("refused:", e)
    stream.flush()
    print(raw.getvalue())
