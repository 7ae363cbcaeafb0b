# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Literals of JSON in which escapes stand near each other or far apart, in texts of each width; and ones that are cut short or wrong.
import json
import random
import zlib

rng = random.Random(5)
alphabets = ['a"\\', 'ab\n\t\r\b\f/', "xyz\x00\x01\x1f\x7f ", 'e\xe9\xff"', "\u0436\u4e2d\\x", "\ud800\udc00\udfffq", "\U0001f600\U0010ffff\"'", "plain text "]
for alphabet in alphabets:
    sums = []
    for only in True, False:
        whole = []
        for length in list(range(40)) + [100, 239, 240, 241, 500]:
            for share in 0.05, 0.5, 1:
                text = "".join(rng.choice(alphabet) if rng.random() < share else "o" for _ in range(length))
                made = json.dumps(text, ensure_ascii=only)
                assert json.loads(made) == text or "\ud800" in text, (made, text)
                assert json.loads(json.dumps([text, {text: text}], ensure_ascii=only))[1].keys() == {json.loads(made)}
                whole.append(made)
        sums.append(zlib.crc32("|".join(whole).encode("utf-8", "surrogatepass")))
    print(alphabet.encode("unicode_escape"), sums)

literal = '"a\\n\\u00e9bcdefghijk\\ud83d\\ude00\\"\\\\\\/ \u0436"'
for end in range(len(literal)):
    for text in literal[:end], literal[:end] + '"', literal[:end] + "\n" + literal[end:], literal[:end] + "\\" + literal[end:], literal[:end] + "u" + literal[end:]:
        try:
            print(end, ascii(json.loads(text)))
        except json.JSONDecodeError as e:
            print(end, e)
for text in '"\\u12"', '"\\u123g"', '"\\u+123"', '"\\uD800\\u"', '"\\uD800\\u12"', '"\\ud800\\uzzzz"', '"\\ud800\\u0041"', '"\\udc00\\ud800"', '"\\x41"', '"\\u1234', '"\x1f"', '"abcdefghijkl\tm"', '"\\N{DASH}"', '"\\uABCD\\uabcd"':
    for strict in True, False:
        try:
            print(ascii(json.loads(text, strict=strict)))
        except json.JSONDecodeError as e:
            print(e)
