# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Texts of one byte per character to UTF-8 and back: accents at every distance, at both ends, one behind the other, and bytes that are none.
for gap in range(0, 20):
    for ends in ("", "a", "\xe9", "abcdefgh"):
        text = ends + "\xe9".join(["x" * gap] * 5) + ends
        data = text.encode()
        print(gap, len(data), data.decode() == text, sum(data) == sum(("%s" % text).encode("utf-8")), data.decode("latin-1").encode("latin-1") == data, end="; ")
    print()
for size in range(0, 20):
    text = "a" * size
    for accent in ("\x80", "\xbf", "\xc0", "\xff"):
        for t in (text + accent, accent + text, text + accent * 3 + text, accent * size):
            assert t.encode().decode() == t
            assert t.encode() == b"".join(bytes([c]) if c < 128 else bytes([0xC0 | c >> 6, 0x80 | c & 63]) for c in map(ord, t))
    for bad in (b"\xc3", b"\xc3a", b"\x80", b"\xc1\x81", b"\xc3\xa9\xa9"):
        for data in (text.encode() + bad, bad + text.encode(), "\xe9".encode() + text.encode() + bad + text.encode()):
            try:
                print(data.decode())
            except UnicodeDecodeError as e:
                print(e.start, e.end, e.reason, data.decode(errors="replace") == data.decode("utf-8", "replace"), end="; ")
    print()
