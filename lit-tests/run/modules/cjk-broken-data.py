# RUN: krait run -O2 %s | diff %s.out -
# Multibyte encodings on mixed texts and broken data, by digest: codes of four bytes, characters that have a code in pairs, pieces,
# states, handlers.
import codecs
import hashlib
import random

NAMES = ["big5", "big5hkscs", "cp932", "cp949", "cp950", "euc_jis_2004", "euc_jisx0213", "euc_jp", "euc_kr", "gb18030", "gb2312",
         "gbk", "hz", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext", "iso2022_kr",
         "johab", "shift_jis", "shift_jis_2004", "shift_jisx0213"]
ESCAPES = [b"\x1b$B", b"\x1b$@", b"\x1b(B", b"\x1b(J", b"\x1b$(D", b"\x1b$(C", b"\x1b$)C", b"\x0e", b"\x0f", b"\x1b(I", b"\x1b.A", b"\x1b.F",
           b"\x1bN", b"\x1b$(O", b"\x1b$(Q", b"\x1b$(P", b"~{", b"~}", b"~\n", b"~~", b"\x1b", b"\n", b"\x8f", b"\x8e", b"\x1b$(", b"\x810", b"\x1b&@\x1b$B", b"\x1b$(A", b"\x1b$(B", b"\x1b$)B", b"\x1b!", b"\x1b)I", b"\x1b.B"]
PAIRS = "\u304b\u304d\u30ab\u30bb\u31f7\xe6\u0254\u0259\u025a\u028c\u02e5\u02e9\xca\xea"
SECOND = "\u309a\u0300\u0301\u02e5\u02e9\u0304\u030c"

def show(digest, call):
    try:
        got = call()
    except UnicodeError as e:
        got = str(e) if type(e) is UnicodeError else (e.start, e.end, e.reason, ascii(e.object))
    digest.update(ascii(got).encode())

def pieces(coder, data, step):
    out = []
    for i in range(0, len(data), step):
        out.append(coder(data[i:i + step], i + step >= len(data)))
    return out

for name in NAMES:
    chance = random.Random(name)
    encoder, decoder = codecs.getincrementalencoder(name), codecs.getincrementaldecoder(name)
    results = []
    digest = hashlib.sha256()  # broken bytes
    for _ in range(3000):
        data = b"".join(chance.choice(ESCAPES) if chance.random() < 0.3 else bytes(chance.randrange(256) for _ in range(2))
                        if chance.random() < 0.5 else bytes(chance.randrange(0x21, 0x7f) for _ in range(2)) for _ in range(chance.randrange(1, 7)))
        for errors in "strict", "ignore", "replace", "backslashreplace":
            show(digest, lambda: data.decode(name, errors))
        for step in 1, 3:
            show(digest, lambda: pieces(decoder("replace").decode, data, step))
        d = decoder("replace")
        try:
            digest.update(ascii([d.decode(data), d.getstate()]).encode())
        except UnicodeError as e:
            digest.update(str(e).encode())
    results.append(digest.hexdigest()[:12])
    digest = hashlib.sha256()  # texts
    known = [c for c in map(chr, range(0x20, 0x10000, 7)) if c.encode(name, "ignore")]
    for _ in range(1500):
        text = "".join(chance.choice(PAIRS) + chance.choice(SECOND) * chance.randrange(2) if chance.random() < 0.2 else chance.choice(known)
                       if chance.random() < 0.8 else chr(chance.randrange(0x20, 0xd800)) for _ in range(chance.randrange(1, 8)))
        for errors in "strict", "ignore", "replace", "xmlcharrefreplace", "namereplace":
            show(digest, lambda: text.encode(name, errors))
        e = encoder("ignore")
        for c in text:
            digest.update(ascii((e.encode(c), e.getstate())).encode())
        digest.update(e.encode("", True))
        show(digest, lambda: text.encode(name, "ignore").decode(name, "replace"))
    results.append(digest.hexdigest()[:12])
    digest = hashlib.sha256()  # what waits for another character
    for c in map(chr, range(0x80, 0x10000)):
        e = encoder("ignore")
        if not e.encode(c):
            digest.update(ascii((c, e.getstate())).encode())
    results.append(digest.hexdigest()[:12])
    print(name, *results)
digest = hashlib.sha256()
for a in range(0x80, 0x100):
    for b in range(0x2f, 0x3b):
        for c in range(0x7f, 0x101, 5):
            for d in range(0x2f, 0x3b):
                show(digest, lambda: bytes((a, b, min(c, 255), d)).decode("gb18030"))
for c in range(0x10000, 0x110000, 97):
    show(digest, lambda: chr(c).encode("gb18030"))
print("gb18030", digest.hexdigest())
for name, wide in ("iso2022_jp_2", 0x4242c2), ("iso2022_kr", 0x42c342), ("hz", 0x4242c2), ("gbk", 0x4242c2):  # states that are set and reset
    e, d = codecs.getincrementalencoder(name)(), codecs.getincrementaldecoder(name)("replace")
    print(name, d.getstate(), e.getstate())
    for word in 0x424242, wide, 1 << 32 | wide, 2 << 32 | 0x424242:
        d.setstate((b"", word))
        e.setstate(word << 8)
        print(ascii([d.decode(b"a"), d.decode(b"$$"), d.decode(b"#b", True)]), hex(d.getstate()[1]), e.encode("\u4e00"), hex(e.getstate()), e.encode("", True))
        d.reset()
        e.reset()
        print(hex(d.getstate()[1]), hex(e.getstate()))
