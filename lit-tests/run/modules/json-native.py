# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# _json: scanner, encoder, strings, hooks, errors.
import _json
import json

print(json.decoder.scanstring is _json.scanstring, json.encoder.c_make_encoder is _json.make_encoder)
value = {"a": [1, -2.5, 1e100, True, None, "x\"\\\n\t\x01\u20ac\U0001f600"], "b": {}, "c": [], "d": (), 1: 2, None: 3, False: 4, 2.5: 5}
for options in [{}, {"ensure_ascii": False}, {"separators": (",", ":")}, {"skipkeys": True}, {"indent": 1}, {"check_circular": False}]:
    text = json.dumps(value, **options)
    print(text, json.loads(text) == {str(k) if not isinstance(k, (float, type(None), bool)) else json.dumps(k): v for k, v in value.items()} | {"d": []})
print(json.dumps({"b": 1, "a": 2}, sort_keys=True), json.dumps([float("nan"), float("inf"), -float("inf")]), json.dumps(10**30))
print(json.dumps({(1, 2): 3, "k": 1}, skipkeys=True), json.dumps({1j}, default=list if False else lambda o: ["set", len(o)]))
print(json.loads('{"a": [1, 2.5e3, -0, "\\u00e9\\ud83d\\ude00\\ud800x"], "a": {"b": null}}'), json.loads(" [ ] "), json.loads('"\x7f"'))
print(json.loads('{"a": 1, "b": {"c": 2}}', object_hook=lambda d: sorted(d)), json.loads('{"a": 1, "a": 2}', object_pairs_hook=tuple))
print(json.loads("[1.5, 2, NaN, -Infinity]", parse_float=str, parse_int=lambda s: s + "!", parse_constant=lambda s: "<" + s + ">"))
first, second = json.loads('[{"key": 1}, {"key": 2}]')
print(next(iter(first)) is next(iter(second)), json.loads("123456789012345678901234567890"), json.loads('"a\nb"', strict=False))
scanner = json.JSONDecoder().scan_once
print(scanner('  [1, 2] tail', 2), scanner.strict, _json.scanstring('abc"x', 0), _json.encode_basestring("\x7f\u20ac\""), _json.encode_basestring_ascii("\x7f\xff"))


class Text(str):
    pass


class Number(int):
    def __repr__(self):
        return "never"


class Real(float):
    def __repr__(self):
        return "never"


print(json.dumps([Text("t"), Number(5), Real(2.5), {Text("k"): Number(1), Number(2): Real(3)}]))


def attempt(f, *args, **kwargs):
    try:
        print("no error:", f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__ + ":", e)


for text in ["", "[", "[1", "[1,", "[1,]", "[1 2]", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{1:2}", '"', '"\\', '"\\x"', '"\\u12"',
             '"\\u12g4"', '"\n"', "nul", "tru", "-", "01", "1.", "[1]x", "'a'", "Nan", "\ufeff1"]:
    attempt(json.loads, text)
loop = []
loop.append(loop)
attempt(json.dumps, loop)
attempt(json.dumps, {1: object()})
attempt(json.dumps, {(1,): 1})
attempt(json.dumps, float("nan"), allow_nan=False)
attempt(json.dumps, {"a": 1, 2: 3}, sort_keys=True)
attempt(json.loads, "[" * 100000)
attempt(json.dumps, "x", default=None, cls=type("E", (json.JSONEncoder,), {"default": 1}))
attempt(_json.scanstring, 1, 2)
attempt(_json.encode_basestring, 1)
attempt(scanner, "1", -1)


# equal keys of one text are one object, whatever their characters and escapes; another call has others
for text in '[{"key": 1}, {"key": 2}, {"k\\u0065y": 3}]', '[{"cl\u00e9": 1, "\u20ac": 2}, {"cl\u00e9": 1, "\\u20ac": 2}]', '[{"": 1}, {"": 2}, {"\U0001f40d": {"\U0001f40d": {}}}]':
    names = []

    def gather(pairs):
        names.extend(name for name, _ in pairs)
        return dict(pairs)

    print(json.loads(text, object_pairs_hook=gather), [[a is b for b in names] for a in names])
many = "[" + ", ".join('{"k%d": %d, "k%d": {"k0": 1.5}}' % (i % 50, i, i % 7 + 60) for i in range(400)) + "]"
pairs = json.loads(many)
print(len({id(k) for d in pairs for k in d}), json.dumps(pairs) == many.replace("'", '"') or len(json.dumps(pairs)))
for text in '{"a\x01": 1}', '{"unended: 1', '{"a\\q": 1}', '{"a" 1}', '{a: 1}', '{"a": 1,}', '{"\u20ac\x01": 1}':
    try:
        json.loads(text)
    except ValueError as e:
        print(e)
print(json.loads('{"a\x01": 1}', strict=False))

# Whether control characters are refused is a number.
import _json
for strict in 0, 1, True, None, "":
    try:
        print(_json.scanstring('a\n"', 0, strict))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
