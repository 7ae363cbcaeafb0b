# RUN: krait run -O2 %s | diff %s.out -
# NumPy's scalars: subclasses of float, complex, str; others that are only numbers.
import math
import numpy as np

x = np.float64(1.5)
print(x, repr(x), str(x), f"{x:.3f}", "%.2f" % x, "{:>8}".format(x))
print(isinstance(x, float), isinstance(x, np.floating), isinstance(x, np.number), isinstance(x, int))
print([c.__name__ for c in type(x).__mro__])
print(x + 1, 1 + x, x * x, x / 2, x**2, -x, abs(-x), x // 1, x % 1, x == 1.5, 1.5 == x, x < 2, hash(x) == hash(1.5))
print(type(x + 1).__name__, type(1 + x).__name__, type(float(x)).__name__, type(round(x)).__name__)
i = np.int64(7)
print(i, repr(i), int(i), i + 1, 1 + i, i / 2, i // 2, i % 4, i**2, i << 1, i & 3, -i, float(i), isinstance(i, int), isinstance(i, np.integer))
print([10, 20, 30, 40, 50, 60, 70, 80][i], list(range(np.int64(3))), "ab" * np.int32(2), math.sqrt(x), math.floor(x), bin(i))
print({1.5: "a"}[x], {7: "b"}[i], x in {1.5}, i in [7])
b = np.bool_(True)
print(b, repr(b), bool(b), not b, b & False, isinstance(b, bool))
z = np.complex128(1 + 2j)
print(z, z.real, z.imag, abs(np.complex128(3 + 4j)), isinstance(z, complex), z.conjugate())
s = np.str_("text")
print(s, s.upper(), len(s), isinstance(s, str), s == "text", {"text": 1}[s], s + "!", "-".join([s, s]))
print(np.float32(0.1), np.float32(0.1) == 0.1, np.float16(3.14159), np.int8(127), np.uint8(255))
print(np.nan, np.inf, -np.inf, np.pi, np.nan == np.nan, math.isnan(np.nan), np.isnan(np.float64("nan")))
print(np.float64(1) / 3, np.float64(1e300) * 10, np.int64(5).item(), type(np.int64(5).item()).__name__, x.is_integer(), x.hex())
print(np.iinfo(np.int32).max, np.finfo(float).eps, np.int64(3).bit_length() if hasattr(np.int64(3), "bit_length") else "no")
print("%d %s %r %5.1f" % (i, i, x, x))
nan = np.nan
print(nan is np.nan, np.nan in [np.nan], [1.0, nan].index(np.nan), np.array([nan], dtype=object)[0] is nan, np.float64("nan") is nan, np.array([nan])[0] is nan)
