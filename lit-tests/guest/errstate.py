# RUN: krait run -O2 %s | diff %s.out -
# Context managers and warnings of the guest.
import warnings
import numpy as np

with np.errstate(divide="ignore", invalid="ignore"):
    print(np.array([1.0, 0.0]) / 0)
with np.errstate(all="raise"):
    try:
        np.array([1.0]) / 0
    except FloatingPointError as e:
        print(e)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    np.array([1.0]) / np.array([0.0])
    np.log(-1.0)
    print([(w.category.__name__, str(w.message)) for w in seen])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        np.sqrt(np.array([-1.0]))
    except RuntimeWarning as e:
        print("error:", e)
warnings.simplefilter("ignore")
print(np.mean([]))
old = np.seterr(over="ignore")
print(old, np.geterr()["over"])
print(np.float64(1e308) * 10)
with np.printoptions(precision=2, suppress=True):
    print(np.array([1.23456, 1e-10]))
print(np.array([1.23456]))


def handler(kind, flag):
    print("handler", kind, flag)


np.seterrcall(handler)
with np.errstate(divide="call"):
    print(np.array([1.0]) / 0.0)
