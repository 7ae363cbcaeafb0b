# RUN: krait run -O2 %s | diff %s.out -
# Warnings about constants see what folding makes of them; those of one text come in its order.
import warnings

LINES = r"""
(1 + 2)(3)
(1.0 * 2)(3)
(7 / 2)(3)
(7 // 2 - 1j)(3)
(2 * "ab")(3)
("a" + "b")["x"]
(2 * "ab")["x"]
((1,) * 2)["x"]
((1,) + (2,))[1.5]
(b"a" * 2)[None]
[1]["a" * 2]
[1][1 + 1j]
[1][2 - 1]
[1][not 1]
[1][~1]
[1][-1.5]
[1][True & False]
[1][1 << 2]
[1][None + None]
(not 1)(2)
(-1)(2)
(1 / 0)(2)
(1 + 1)[0]
(not x)(2)
(1 + x)(2)
x is (1 + 1)
x is not (not 1)
x is (1, 2 + 3)
x is (1, x)
x is -1
x is ~True
x is "a" * 3
x is (None, None)
x is ...
1if x else '\d'
'\d' if 1or x else '\q'
f'{x}\d', 1.5and x, b'\p', 0x1or x
""".strip().splitlines()

for line in LINES + ['\n'.join(LINES[-3:])]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        compile(line, 'line', 'exec')
    print(line, *[f'{w.category.__name__} {w.lineno}: {w.message}' for w in caught], sep='\n    ')
