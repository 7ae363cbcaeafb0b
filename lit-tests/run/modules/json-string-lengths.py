# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# JSON strings of all short lengths, with what ends a plain run at every place of them.
import json, itertools
for n in [*range(0, 20), 24, 25, 31, 32, 33, 41]:
    for c in ['"', '\\n', '\\u00e9', 'é', '日', '\x7f', '\x80', ' ', '!', '#', '[', ']']:
        for k in range(0, n + 1):
            s = '"' + 'a' * k + (c if c != '"' else '\\"') + 'b' * (n - k) + '"'
            assert json.loads(s) == 'a' * k + {'\\n': '\n', '\\u00e9': 'é'}.get(c, c) + 'b' * (n - k), s
            assert json.loads('{' + s + ':' + s + '}') == {json.loads(s): json.loads(s)}
    for k in range(n + 1):
        for c in "\x00\x1f\n\t":
            s = '"' + 'a' * k + c + 'b' * (n - k) + '"'
            try:
                json.loads(s); print("no error", repr(s))
            except ValueError as e:
                if n == k or n < 3: print(e)
            assert json.loads(s, strict=False) == s[1:-1]
    try: json.loads('"' + "x" * n)
    except ValueError as e: print(e)
