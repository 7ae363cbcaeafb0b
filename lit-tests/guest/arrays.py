# RUN: krait run -O2 %s | diff %s.out -
# Making arrays, and what they say about themselves.
import numpy as np

a = np.array([[1, 2, 3], [4, 5, 6]])
print(a)
print(repr(a))
print(a.shape, a.ndim, a.size, a.dtype, a.itemsize, a.nbytes, a.strides)
print(np.zeros((2, 3)))
print(np.ones(4, dtype=int), np.full((2, 2), 7.5), np.eye(3))
print(np.arange(10), np.arange(0, 1, 0.25), np.linspace(0, 1, 5))
print(np.array([1.5, 2, 3]).dtype, np.array([True, False]).dtype, np.array(["a", "bcd"]).dtype, np.array([1 + 2j]).dtype)
print(np.array([]), np.array(5), np.empty((0, 3)).shape)
print(a.T, a.reshape(3, 2), a.ravel(), a.flatten().tolist(), sep="\n")
print(a.astype(float), a.astype(str), a.astype(np.int8).dtype)
print(len(a), bool(np.array([1])), int(np.array(7)), float(np.array([2.5])[0]))
print(np.concatenate([a, a]), np.vstack((a, a)), np.hstack((a, a)), sep="\n")
print(np.array_equal(a, a.copy()), np.allclose([1.0, 2.0], [1.0, 2.0 + 1e-9]))
print(np.array([2**40, -(2**62)]), np.array([2**64 - 1], dtype=np.uint64), np.array([2**70]))
print(np.dtype("float32"), np.dtype([("x", int), ("y", float)]))
