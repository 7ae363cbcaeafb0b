# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Between the program's frames stand the guest's, in whose memory nobody looks for others.
import traceback
import warnings
import numpy as np


def show(*found):
    print([(line.name, line.lineno) for line in traceback.extract_stack()])
    return 1


with warnings.catch_warnings(record=True) as given:
    warnings.simplefilter("always")
    np.log(0.0)
    np.sqrt(-1.0)
    warnings.simplefilter("always")
    np.float64(1) / 0
    warnings.filterwarnings("always")
    np.array([1.0]) / 0
print([(warning.lineno, warning.filename == __file__) for warning in given])
np.seterrcall(show)
np.seterr(all="call")
warnings.simplefilter("always")
np.log(0.0)


def inner():
    warnings.simplefilter("always")
    np.frompyfunc(show, 1, 1)(np.arange(1))


inner()
