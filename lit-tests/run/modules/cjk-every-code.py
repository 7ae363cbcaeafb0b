# RUN: krait run -O2 %s | diff %s.out -
# Every code of two bytes and every character of the multibyte encodings, by digest: what they become, and where and why not.
import hashlib

STATELESS = ["big5", "big5hkscs", "cp932", "cp949", "cp950", "euc_jis_2004", "euc_jisx0213", "euc_jp", "euc_kr", "gb18030", "gb2312",
             "gbk", "johab", "shift_jis", "shift_jis_2004", "shift_jisx0213"]
STATEFUL = ["hz", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext", "iso2022_kr"]
# How the sets are reached.
SETS = {"hz": ["~{"], "iso2022_jp": ["\x1b$B", "\x1b$@", "\x1b(J", "\x1b(B"], "iso2022_jp_1": ["\x1b$B", "\x1b$(D", "\x1b(J"],
        "iso2022_jp_2": ["\x1b$B", "\x1b$(D", "\x1b$(C", "\x1b$A", "\x1b.A\x1bN", "\x1b.F\x1bN"], "iso2022_jp_3": ["\x1b$B", "\x1b$(O", "\x1b$(P"],
        "iso2022_jp_2004": ["\x1b$B", "\x1b$(Q", "\x1b$(P"], "iso2022_jp_ext": ["\x1b$B", "\x1b$(D", "\x1b(I"], "iso2022_kr": ["\x1b$)C\x0e", "\x1b$)C"]}

class Digest:
    def __init__(self):
        self.hash = hashlib.sha256()
        self.good = self.bad = 0

    def add(self, call):
        try:
            got = call()
            self.good += 1
        except UnicodeError as e:
            got = e.start, e.end, e.reason
            self.bad += 1
        self.hash.update(ascii(got).encode())

    def __str__(self):
        return f"{self.good} {self.bad} {self.hash.hexdigest()[:16]}"

def bytes_of(name, prefix, last=256):
    digest = Digest()
    for lead in range(last):
        for trail in range(0x21 if lead > 0x20 and prefix else 0, last):
            data = prefix + bytes((lead, trail))
            digest.add(lambda: data.decode(name))
    return digest

def characters_of(name):
    digest = Digest()
    for plane in 0, 2, 3:
        for c in range(plane << 16, (plane << 16) + 0x10000):
            digest.add(lambda: chr(c).encode(name))
    return digest

for name in STATELESS:
    print(name, "bytes", bytes_of(name, b""))
    if name.startswith("euc_j"):
        print(name, "three", bytes_of(name, b"\x8f"))
    print(name, "characters", characters_of(name))
for name in STATEFUL:
    for prefix in SETS[name]:
        print(name, ascii(prefix), bytes_of(name, prefix.encode(), 0x82))
    print(name, "characters", characters_of(name))
