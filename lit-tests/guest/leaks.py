# RUN: krait run -O2 %s | diff %s.out -
# UNSUPPORTED: sanitized
# What crosses is freed again: memory does not grow with the number of round trips.
import gc
import numpy as np


def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096


class Thing:
    pass


def rounds(n):
    a = np.arange(3.0)
    box = np.empty(1, dtype=object)
    callback = np.frompyfunc(lambda x: x, 1, 1)
    for i in range(n):
        a.sum()
        a + i
        a[1]
        box[0] = Thing()
        box[0].x = i
        box[0] = [i, {"k": "v" * 3}, (1.5, "s")]
        box[0][1]["k"]
        callback(i)
        str(a[0])
        np.array([i, 2])
        try:
            a[7]
        except IndexError:
            pass
        try:
            np.zeros((2, 2)).reshape(3)
        except ValueError:
            pass
        a.shape = (3,)
        with np.errstate(all="ignore"):
            pass
        for x in a:
            pass


rounds(500)
gc.collect()
before = resident()
rounds(5000)
gc.collect()
grown = resident() - before
print("flat" if grown < 2_000_000 else f"grew by {grown}")
