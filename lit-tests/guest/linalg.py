# RUN: krait run -O2 %s | diff %s.out -
# Linear algebra.
import numpy as np
from numpy.linalg import det, inv, norm, solve
import numpy.linalg as la

a = np.array([[4.0, 2.0], [1.0, 3.0]])
print(det(a).round(6), inv(a).round(3), norm([3, 4]), solve(a, [2, 1]))
w, v = la.eig(a)
print(np.sort(w).round(6), v.shape, type(w).__name__)
u, s, vt = np.linalg.svd(a)
print(s.round(4), np.allclose(u @ np.diag(s) @ vt, a))
q, r = la.qr(a)
print(np.allclose(q @ r, a), la.matrix_rank(a), la.cond(a).round(4), la.matrix_power(a, 2))
print(la.lstsq(np.array([[1, 1], [1, 2], [1, 3]]), [1, 2, 3], rcond=None)[0].round(6))
print(la.LinAlgError.__name__, la.LinAlgError.__module__, issubclass(la.LinAlgError, Exception))
print(np.linalg is la, la.inv is inv, np.linalg.inv is la.inv)
x = np.linspace(-1, 1, 5)
print(np.linalg.pinv(np.vander(x, 3)).shape, np.linalg.slogdet(a)[0])
