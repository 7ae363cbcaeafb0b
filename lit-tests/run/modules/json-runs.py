# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Where quotes, controls and what is not ASCII stand in strings of all lengths, and dicts that change while they are encoded.
import json

for special in '"\\\n\x00\x1f\x7f\x80\xffĀ€\ud800😀':
    found = []
    for length in range(20):
        for at in range(length + 1):
            text = "a" * at + special + "b" * (length - at)
            for ascii in (True, False):
                coded = json.dumps(text, ensure_ascii=ascii)
                assert json.loads(coded) == text, (text, coded)
                if (length, at) in ((0, 0), (9, 8), (16, 3)):
                    found.append(coded.encode("utf-8", "surrogatepass"))
    print(found)
print(json.dumps("~" * 17 + "\x7f" + "~" * 9), json.dumps("\x7f~", ensure_ascii=False).encode())
print(json.dumps([0, -1, 2**62, -2**62, 2**63, 10**30, True, False, None, 1.5, -0.0, 1e300]))


class Odd:
    pass


def changing(found):
    def default(o):
        found["later"] = 1
        found.pop("z", None)
        return "odd"
    return default


found = {"a": 1, "o": Odd(), "z": [1, {}], "b": {"k": None}}
print(json.dumps(found, default=changing(found)), list(found))
found = {"a": 1, "o": Odd(), "z": 2}
print(json.dumps(found, default=changing(found), sort_keys=True), list(found))
print(json.dumps({1: 2, None: 3, True: 4, 1.5: 5, "k": {}, 10**20: []}))
for keys in ({(1, 2): 3, "a": 1},):
    try:
        print(json.dumps(keys))
    except TypeError as e:
        print(e)
    print(json.dumps(keys, skipkeys=True))
circle = {}
circle["me"] = {"again": circle}
try:
    json.dumps(circle)
except ValueError as e:
    print(e)
