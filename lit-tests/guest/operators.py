# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Operators of arrays with arrays, scalars, numbers and lists, on both sides.
import numpy as np

a = np.array([1, 2, 3])
b = np.array([4.0, 5.0, 6.0])
print(a + b, a - b, a * b, b / a, b // a, b % a, a**2, -a, +a, abs(-a))
print(1 + a, 10 - a, 2 * a, 6 / a, 7 // a, 7 % a, 2**a, divmod(a, 2))
print(a + [1, 1, 1], [1, 1, 1] + a, (1, 2, 3) * a)
print(a @ b, np.eye(2) @ np.array([[1, 2], [3, 4]]), [1, 2, 3] @ a)
print(a & 1, a | 4, a ^ 7, ~a, a << 2, a >> 1)
print(a < 2, a <= 2, a == 2, a != 2, a > 2, a >= 2, 2 < a)
print(a == [1, 2, 3], a == None)
c = a.copy()
same = c
c += 5
c *= 2
c -= 1
c //= 2
c **= 2
print(c, same is c)
f = np.array([1.0, 2.0])
f /= 3
print(f)
try:
    a += 0.5
except TypeError as e:
    print(type(e).__name__, e)
try:
    np.array([1, 2]) + np.array([1, 2, 3])
except ValueError as e:
    print(e)
try:
    a + "x"
except TypeError as e:
    print(type(e).__mro__[1].__name__)
try:
    if a:
        pass
except ValueError as e:
    print(e)
print((a > 1) & (a < 3), (a > 1).all(), (a > 1).any(), not (a > 9).any())
print(sum(a), max(a), min(a), sorted(np.array([3, 1, 2])), round(np.float64(2.567), 2))
