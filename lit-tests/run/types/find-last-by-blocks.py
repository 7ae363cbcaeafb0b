# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# rfind, rindex, rpartition and rsplit look at sixteen places at a time from the end: every place and length around that.
def slowly(text, sub, start, end):
    for at in range(end - len(sub), start - 1, -1):
        if text[at:at + len(sub)] == sub:
            return at
    return -1


for make in str, str.encode:
    bad = 0
    for n in range(0, 70):
        for sub in "ab", "aab", "abcd", "a" * 17, "ba":
            for at in range(0, n - len(sub) + 1):
                text = make("a" * at + sub + "a" * (n - at - len(sub)))
                bad += text.rfind(make(sub)) != slowly(text, make(sub), 0, len(text))
                bad += text.rfind(make(sub), 3, n - 2) != slowly(text, make(sub), 3, n - 2)
            text = make("ab" * n)
            bad += text.rfind(make(sub)) != slowly(text, make(sub), 0, len(text))
    print(make.__name__, bad)

text = "x" * 40 + "key=value" + "x" * 33
print(text.rfind("key"), text.rfind("keys"), text.rindex("value"), text.rpartition("key=")[2], text.rsplit("key", 1))
print(("é" * 20 + "éa" + "é" * 20).rfind("éa"), ("中" * 20 + "ab" + "中" * 20).rfind("ab"), text.rfind("中x"), "".rfind("ab"))
print(bytearray(b"ab" * 30).rfind(b"ba"), b"ab".rfind(b"ab"), b"b".rfind(b"ab"), b"abc".rfind(b""))
