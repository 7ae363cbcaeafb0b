# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Text and bytes that are gone through eight bytes at a time, or a vector at a time: every place for what is not ASCII.
import hashlib
import itertools

kinds = {"latin": "é", "two": "αĀ", "three": "中\uffff", "four": "𝄞\U0010ffff", "mixed": "é中𝄞α"}
for name, odd in kinds.items():
    digest = hashlib.md5()
    good = True
    for length in range(1, 28):
        for at in range(length):
            text = "abcdefghijklmnopqrstuvwxyz_0"[:length - 1]
            text = text[:at] + odd + text[at:] + odd[:1] * (at % 3)
            for codec in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
                data = text.encode(codec)
                digest.update(data)
                good &= data.decode(codec) == text
            good &= text[::-1] == "".join(reversed(text)) and text[::-2] == "".join(list(text)[::-2])
            digest.update(text.replace("c", "X").encode() + text.replace("d", "é").encode() + text.replace(odd[0], "e").encode() + text.replace("a", "中").encode())
    print(name, good, digest.hexdigest())

for bad in (b"abcdefgh\xc3", b"abcdefg\xc3(", b"\xc3\xa9\xc3", b"abcdefghijk\xe4\xb8", b"\xf0\x9d\x84", b"12345678\xed\xa0\x80", b"1234567\xff", b"\xc0\x80", b"a" * 20 + b"\x80"):
    try: print(bad.decode())
    except UnicodeDecodeError as e: print(e)
    print(ascii(bad.decode("utf-8", "replace")), ascii(bad.decode("utf-8", "surrogateescape")), bad.decode("utf-8", "ignore"))

for text in ("", "a", "é", "a\ud800b", "\ud83d\ude00"):
    for codec in ("utf-8", "utf-16", "utf-16-be", "utf-32-le"):
        try: print(codec, text.encode(codec), text.encode(codec, "surrogatepass"))
        except UnicodeEncodeError as e: print(e, text.encode(codec, "surrogatepass"), text.encode(codec, "replace"))

text = "aXbX" * 9
print(text.replace("X", "y"), text.replace("X", "y", 3), text.replace("q", "y") is text, "é" * 9 + "x".replace("x", "é"), ("é" * 9).replace("é", "e").isascii(), ("éa" * 9).replace("a", "ü"))

for n in (0, 1, 7, 255, 256, 257, 300):
    data = bytes(i % 7 + 60 for i in range(n))
    table = bytes(range(255, -1, -1))
    print(n, hashlib.md5(data.translate(None, b"=?") + data.translate(table, b"<") + data.translate(table)).hexdigest(), data.translate(None, b"z") == data, data.translate(None, bytes(range(256))), bytearray(data).translate(None, b">")[:9])

# Every way to split at a byte.
digest = hashlib.md5()
for parts in itertools.chain(itertools.product(("", "a", "bcdefgh", "i" * 33), repeat=4), [("x" * i, "", "y" * (40 - i), "z") for i in range(40)]):
    for text in (",".join(parts), "é".join(parts)):
        for most in (-1, 0, 1, 2, 3, 9):
            for sep in ",é":
                made = text.split(sep, most)
                digest.update(repr(made).encode())
                if sep.join(made) != text: print("lost", text, made)
print(digest.hexdigest(), ",".split(","), "".split(","), "\x01,\x00,\x2d".split(","))

# Texts in order: what they have in common is shorter than, as long as, and longer than what is compared at once.
import random
random.seed(5)
heads = ["", "a", "ab", "abc", "abcd", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "\x00", "é", "abc\x00", "abcdé"]
tails = ["", "\x00", "a", "z", "zz", "zzzz", "\x00\x00", "ÿ", "zzzzzzzzz", "é\x00"]
texts = [h + t for h in heads for t in tails] * 2
random.shuffle(texts)
made = sorted(texts)
print(all(a.encode("latin-1") <= b.encode("latin-1") for a, b in zip(made, made[1:])), made[::23], sorted(zip(texts, itertools.count()))[:5], [t for t, _ in sorted(zip(texts, itertools.count()))] == made)
