# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# UTF-8 of texts whose characters take up to two bytes, and what is nearly that, both ways.
import hashlib
import random

random.seed(11)
PARTS = [b"a", b"plain text ", b"\xc3\xa9", b"\xc5\x99", b"\xd0\x96", b"\xe2\x82\xac", b"\xe0\xa0\x80", b"\xed\x9f\xbf", b"\xee\x80\x80", b"\xef\xbf\xbf", b"\0"]
WRONG = [b"\x80", b"\xc0\x80", b"\xc1\xbf", b"\xc4", b"\xe2\x82", b"\xe0\x9f\xbf", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xef\xbf", b"\xf0\x9f\x98\x80", b"\xf5", b"\xff"]


def outcome(data, errors):
    try:
        return ascii(data.decode("utf-8", errors))
    except UnicodeDecodeError as e:
        return f"{e.start}:{e.end} {e.reason}"


digest = hashlib.md5()
for turn in range(3000):
    parts = [random.choice(PARTS) for _ in range(random.randrange(8))]
    if turn % 3 == 0:
        parts.insert(random.randrange(len(parts) + 1), random.choice(WRONG))
    data = b"".join(parts)
    for errors in ("strict", "replace", "surrogateescape", "ignore", "surrogatepass"):
        digest.update(outcome(data, errors).encode())
    if turn % 3:
        text = data.decode()
        assert text.encode() == data and len(text) == len(parts) + 10 * parts.count(b"plain text "), data
        digest.update(ascii([text, text.split(), text.isspace(), sorted(text)]).encode())
print(digest.hexdigest())
for data in (b"\xc5\x99", b"\xe2\x82\xac", b"\xc5\x99a", b"\xc5\x99\xe2", b"\xed\xa0\x80\xc5\x99", b"\xc4\xc4", b"\xe9\xe9\xe9"):
    print(outcome(data, "strict"), outcome(data, "replace"))
spaces = [c for c in range(0x11000) if chr(c).isspace()]
print([hex(c) for c in spaces], all(("x" + chr(c) + "y").split() == ["x", "y"] for c in spaces), ("x" + "y".join(map(chr, range(0xa1, 0x1680)))).split().__len__())
