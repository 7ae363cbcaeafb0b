# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# JSON objects: keys that come again, sizes, errors in the middle, and what hooks give dies when another value takes its place.
import json
import sys

for n in [*range(13), 21, 22, 42, 43, 85, 86, 170, 171, 341, 342, 1500]:
    text = "{" + ", ".join('"k%d": [%d, {"in": %d}]' % (i, i, -i) for i in range(n)) + "}"
    d = json.loads(text)
    again = json.loads(text.replace("}", ',"k0":1,"k0":2,"z":3}') if n else '{"k0":1,"k0":2,"z":3}')
    print(n, sys.getsizeof(d), sys.getsizeof(again), list(again)[:2], list(again)[-1], again["k0"], d == {k: v for k, v in d.items()})
print(json.loads('{"a": 1, "a": {"a": 2, "a": "é", "": null}, "b\\u0041": 1, "bA": 2, "日本": [], "日本": {}}'))
same = json.loads('[{"key": 1}, {"key": {"key": 2, "kéy": 3}}, {"kéy": 4, "k\\u00e9y": 5}]')
print(next(iter(same[0])) is next(iter(same[1])) is next(iter(same[1]["key"])), list(same[2]))


class Loud:
    def __init__(self, what):
        self.what = what

    def __repr__(self):
        return "loud"

    def __del__(self):
        print("dies", self.what)


def loud(text):
    print("made", text)
    return Loud(text)


for hooks in ({"parse_float": loud}, {"parse_int": loud}, {"parse_constant": loud}, {"object_hook": loud}, {"object_pairs_hook": loud}):
    print(list(hooks))
    d = json.loads('{"a": 1.5, "a": NaN, "a": 2, "b": {"c": 2.5, "c": 7}, "b": {}, "b": Infinity}', **hooks)
    print("read")
    del d
for bad in ('{', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{"a":1 "b"}', '{"a" 1}', '{1:2}', '{"a":1,"b":{"c":[1,{"d"', '[', '[1', '[1,',
            '[1 2]', '-', '-a', '', ' ', '\0', '{\0}', '{"a":\0}', '[1\0]', '{"a":1\0', '01', '1.', '1.e5', '1e', '1e+', '"a', '"a\0"', '"a\\', '"\\u12',
            'nul', 'tru', '"é', '{"é":1', '{"日": 日}'):
    try:
        print(ascii(json.loads(bad)))
    except json.JSONDecodeError as e:
        print(ascii(bad), ascii(str(e)))
print(json.loads(" \t\n\r{ \t\n\r} "), json.loads('[0, -0, -1, 9, 10, 123456789012345678, 1234567890123456789, -999999999999999999, 98765432109876543210, 0e1, 1E5, -2.5e-3]'))
scan = json.JSONDecoder().scan_once
for at in (-1, 0, 3, 5, 6, 7, 100):
    try:
        print(at, scan('[1, 2] ', at))
    except (StopIteration, ValueError) as e:
        print(at, type(e).__name__, e)
print(len(json.loads('{"a":' * 900 + "1" + "}" * 900)))
