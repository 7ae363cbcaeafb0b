# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# A text is found where it first stands, whatever surrounds it: near, far, at the end, among many that begin and end alike.
import random
import zlib

random.seed(3)
found = []


def slow(text, part, start=0):
    for i in range(start, len(text) - len(part) + 1):
        if text[i : i + len(part)] == part:
            return i
    return -1


wrong = 0
for size in (0, 1, 2, 5, 15, 16, 17, 18, 31, 33, 64, 200, 900):
    for letters in ("ab", "a", "abcdefgh", "a\xe9\xff"):
        for length in (1, 2, 3, 5, 9, 16, 17, 40, 120):
            text = "".join(random.choice(letters) for _ in range(size))
            start = random.randrange(size + 1)
            parts = [text[start : start + length], text[-length:], "".join(random.choice(letters) for _ in range(length)), letters[0] * (length - 1) + "b", "a" * length]
            for part in parts:
                want = slow(text, part)
                at = text.find(part)
                raw, raw_part = text.encode("latin-1"), part.encode("latin-1")
                wrong += at != want or raw.find(raw_part) != want or (part in text) != (want >= 0) or text.find(part, start) != slow(text, part, start)
                wrong += text.replace(part, "<>") != "<>".join(text.split(part) if part else ["", *text, ""])
                wrong += text.count(part) != (text.count("") if not part else len(text.split(part)) - 1) or bytearray(raw).count(raw_part) != text.count(part)
                found.append(at)
print(wrong, len(found), zlib.crc32(repr(found).encode()))
hard = "a" * 5000
print(hard.find("a" * 200 + "b"), hard.find("b" + "a" * 200), (hard + "b").find("a" * 200 + "b"), ("ab" * 3000).find("abab" * 20 + "bb"), (hard + "xay" + hard).find("xay"))
print(("lorem ipsum dolor " * 300 + "needle in it").index("needle"), "\u20ac" * 50 + "needle" in "\u20ac" * 99 + "needle", ("x" * 70 + "\u1234yz").find("yz"))

lists = [1, 2.0, "ab", (1, "x"), None, [3]]
print(lists == [1.0, 2, "".join(["a", "b"]), (1.0, "x"), None, [3]], lists < [1, 2, "ab", (1, "y")], lists == [1, 2, "ab", (1, "x"), None, [4]], (1, 2) < (1, 2, 0), [1] * 30 == [1] * 31)


class Shrinking:
    def __eq__(self, other):
        held.clear()
        return True


held = [1, Shrinking(), 3]
print(held == [1, 2, 3], held)
