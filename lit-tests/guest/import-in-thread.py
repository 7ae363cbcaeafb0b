# RUN: krait run -O2 %s | diff %s.out -
# The first import of the guest in a thread that ends before the program; imports in several at once.
import threading


def first():
    import numpy as np
    print(np.arange(3).sum(), np.vectorize(lambda x: x + 1)([1, 2]))
t = threading.Thread(target=first); t.start(); t.join()
import numpy as np
print(np.ones(2), np.vectorize(lambda x: x * 2)([1, 2]))
def imp():
    import numpy.polynomial as p
    out.append(p.Polynomial([1, 2])(3))
out = []
ts = [threading.Thread(target=imp) for _ in range(3)]
[t.start() for t in ts]; [t.join() for t in ts]; print(out)
