# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Equal texts have equal hashes whoever made them, and whatever was hashed between; others of one length that share most of their bytes
# have their own.
import json


def fresh(text):
    return "".join(list(text))


texts = [("abcdefgh" * 5)[:n] + end for n in range(40) for end in "xyz\xe9\u20ac\U0001f600"]
texts += ["a" * at + "b" + "a" * (n - at) for n in (1, 2, 3, 6, 7, 15, 16, 17, 31, 32, 33) for at in range(n + 1)]
first = [hash(fresh(text)) for text in texts]
print([hash(fresh(text)) for text in texts] == first, [hash(text.encode().decode()) for text in reversed(texts)] == first[::-1])
print(len(set(first)) == len(set(texts)))
print([hash(text.encode("ascii")) == hash(text) for text in texts if text.isascii()].count(False))
for n in (3, 12, 16, 17, 20, 32, 33):
    keys = [f"{i:0{n}}" for i in range(400)]
    document = json.dumps([{key: i for i, key in enumerate(keys)}] * 2)
    one, two = json.loads(document)
    print(list(one) == keys, [one[key] for key in keys] == list(range(400)), all(a is b for a, b in zip(one, two)))
