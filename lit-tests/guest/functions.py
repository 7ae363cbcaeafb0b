# RUN: krait run -O2 %s | diff %s.out -
# Functions of arrays.
import numpy as np

a = np.array([[3.0, 1.0, 2.0], [6.0, 5.0, 4.0]])
print(a.sum(), a.sum(axis=0), a.sum(axis=1), a.sum(axis=1, keepdims=True))
print(a.mean(), a.std(), a.var(), a.min(), a.max(), a.argmin(), a.argmax(axis=1), a.prod(), a.cumsum())
print(np.sort(a), np.argsort(a, axis=1), np.sort(a, axis=None)[::-1])
print(np.sqrt(a), np.exp(a).round(3), np.log(a).round(3), np.sin(np.pi / 2), np.maximum(a, 3))
print(np.median(a), np.percentile(a, 25), np.quantile(a, [0.1, 0.9]), np.average([1, 2, 3], weights=[3, 2, 1]))
print(np.unique([3, 1, 2, 3, 1]), np.unique(["b", "a", "b"], return_counts=True), np.bincount([0, 1, 1, 3]))
print(np.dot([1, 2], [3, 4]), np.cross([1, 0, 0], [0, 1, 0]), np.outer([1, 2], [3, 4]), np.trace(np.eye(3)))
print(np.clip(a, 2, 5), np.diff([1, 4, 9]), np.gradient([1.0, 4.0, 9.0]), np.interp(2.5, [1, 2, 3], [10, 20, 30]))
print(np.histogram([1, 2, 1], bins=[0, 1, 2, 3]), np.digitize([0.5, 1.5], [0, 1, 2]), np.searchsorted([1, 3, 5], 4))
print(np.split(np.arange(6), 3), np.stack([[1, 2], [3, 4]], axis=1), np.tile([1, 2], 2), np.repeat([1, 2], 2))
print(np.meshgrid([1, 2], [3, 4]), np.mgrid[0:2, 0:2].shape, np.indices((2, 2)).tolist(), np.ix_([0, 1], [1, 2])[0].shape)
print(np.einsum("ij->j", a), np.tensordot(a, a.T, axes=1).round(2), np.kron([1, 2], [1, 1]), np.apply_along_axis(sum, 1, a))
print(np.polyfit([0, 1, 2], [1, 3, 5], 1).round(6), np.polyval([2, 1], 3), np.roots([1, -3, 2]))
print(np.add.reduce([1, 2, 3]), np.multiply.outer([1, 2], [1, 2, 3]), np.add.accumulate([1, 2, 3]), np.add(1, 2), np.add.nin)
print(np.char.upper(["ab", "cd"]), np.char.add(["a"], ["b"]), np.round(2.5), np.floor(-1.5), np.sign([-2, 0, 2]))
print(np.all([True, False]), np.any([0, 1]), np.count_nonzero([1, 0, 2]), np.isin([1, 2, 3], [2]), np.setdiff1d([1, 2, 3], [2]))
print(np.fft.fft([1, 0, 0, 0]), np.convolve([1, 2, 3], [0, 1, 0.5]), np.roll([1, 2, 3], 1), np.flip([1, 2, 3]))
print(np.array2string(np.array([1.23456, 2.0]), precision=2), np.format_float_positional(0.1), np.set_printoptions(precision=3), np.array([1 / 3]))
