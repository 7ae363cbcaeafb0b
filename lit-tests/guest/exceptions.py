# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Exceptions in both directions.
import traceback
import numpy as np

try:
    np.linalg.inv([[1, 2], [2, 4]])
except np.linalg.LinAlgError as e:
    print("LinAlgError:", e, type(e).__mro__[1].__name__, isinstance(e, Exception), e.args)
try:
    np.zeros((2, 2)).reshape(3)
except ValueError as e:
    print(type(e) is ValueError, e, e.args)
try:
    np.zeros(3).nothing
except AttributeError as e:
    print(e, e.name)
try:
    np.nothing
except AttributeError as e:
    print(e)
try:
    np.sum([1, 2], axis=5)
except np.AxisError as e:
    print(repr(e), isinstance(e, ValueError), isinstance(e, IndexError), e.axis, e.ndim)
try:
    np.array([1, 2], foo=1)
except TypeError as e:
    print(e)
try:
    raise np.linalg.LinAlgError("mine", 1)
except ValueError:
    print("no")
except Exception as e:
    print(type(e).__name__, e.args, e)


class Mine(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code


def fail(x):
    raise Mine(int(x))


kept = Mine(9)


def fail_kept(x):
    raise kept


try:
    np.vectorize(fail)([3])
except Mine as e:
    print(e, e.code, [f.name for f in traceback.extract_tb(e.__traceback__)][-1])
try:
    np.vectorize(fail_kept)([3])
except Mine as e:
    print(e is kept)


def chained(x):
    try:
        1 / 0
    except ZeroDivisionError as z:
        raise KeyError("k") from z


try:
    np.apply_along_axis(chained, 0, np.ones(2))
except KeyError as e:
    print(repr(e), repr(e.__cause__), e.__suppress_context__)
try:
    try:
        np.linalg.cholesky([[0.0]])
    finally:
        print("finally")
except np.linalg.LinAlgError as e:
    print(e)
try:
    try:
        [][1]
    except IndexError:
        np.zeros(-1)
except ValueError as e:
    print(e, repr(e.__context__))
try:
    np.int64("x")
except ValueError as e:
    print(e)
for f in (lambda: int(np.array([1, 2])), lambda: len(np.array(3)), lambda: iter(np.array(3)), lambda: hash(np.array([1]))):
    try:
        f()
    except TypeError as e:
        print(e)
try:
    np.vectorize(lambda v: (_ for _ in ()).throw(KeyboardInterrupt("k")))([1])
except KeyboardInterrupt as e:
    print("KeyboardInterrupt", e)
try:
    np.frompyfunc(lambda v: exit(3), 1, 1)([1]) if False else np.vectorize(lambda v: __import__("sys").exit(4))([1])
except SystemExit as e:
    print("SystemExit", e.code)
