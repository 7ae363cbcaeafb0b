# RUN: krait run -O2 %s | diff %s.out -
# Items, slices, masks, index arrays; reading and writing.
import numpy as np

a = np.arange(12).reshape(3, 4)
print(a[1], a[1, 2], a[1][2], a[-1, -1])
print(a[:, 1], a[1:, ::2], a[::-1], sep="\n")
print(a[..., 0], a[None].shape, a[:, np.newaxis, 1].shape)
print(a[a > 5], a[[0, 2]], a[[0, 1], [1, 2]])
print(a[np.array([True, False, True])])
b = a.copy()
b[0, 0] = 100
b[1] = [9, 8, 7, 6]
b[:, 3] = -1
b[b > 50] = 0
b[2, 1:3] += 10
print(b)
view = a[1:]
view[0, 0] = 44
print(a[1, 0], view.base is a, np.shares_memory(a, view))
for bad in (lambda: a[5], lambda: a[0, 9], lambda: a["x"], lambda: a[1.5]):
    try:
        bad()
    except IndexError as e:
        print("IndexError:", e)
try:
    a[0] = [1, 2, 3]
except ValueError as e:
    print("ValueError:", e)
print(np.where(a > 5, a, -a))
print(np.take(a, [0, 5]), np.argmax(a), np.nonzero(a > 9))
print([int(x) for x in a.flat][:5], [list(map(int, row)) for row in a])
print(3 in a, 333 in a)
del b
