# RUN: krait run -O2 %s | diff %s.out -
# Dates, decimals, fractions and the like are values on both sides; abstract classes know what the guest registered.
import datetime
import decimal
import fractions
import functools
import inspect
import numbers
import pathlib
import uuid
import numpy as np

d = np.datetime64("2020-01-02").item()
print(d, type(d) is datetime.date, d == datetime.date(2020, 1, 2), d + datetime.timedelta(days=1))
t = np.datetime64("2020-01-02T03:04:05.000006").item()
print(t, isinstance(t, datetime.datetime), t - datetime.datetime(2020, 1, 1), np.timedelta64(90, "m").item() == datetime.timedelta(minutes=90))
print(np.datetime64(datetime.date(2020, 5, 5)), np.array([datetime.datetime(2020, 1, 1, 2, 3)], dtype="datetime64[s]"))
zone = datetime.timezone(datetime.timedelta(hours=2), "here")
box = np.array([decimal.Decimal("1.1"), fractions.Fraction(1, 3), uuid.UUID(int=5), pathlib.Path("/tmp/x"), datetime.time(1, 2, tzinfo=zone)], dtype=object)
print(box)
print(box[0] + decimal.Decimal(1), type(box[1]) is fractions.Fraction, box[2] == uuid.UUID(int=5), box[3] / "y", box[4].tzname(), datetime.date in [datetime.date])
print(np.array([decimal.Decimal("1.5"), decimal.Decimal(2)]) * 2, np.array([fractions.Fraction(1, 3)]) + 1)
for v in (np.int64(1), np.float64(1), np.float32(1), np.complex64(1), np.bool_(1), np.arange(2)):
    print([c.__name__ for c in (numbers.Number, numbers.Complex, numbers.Real, numbers.Integral) if isinstance(v, c)])


@functools.singledispatch
def kind(x):
    return "other"


@kind.register(np.ndarray)
def _(x):
    return "array"


@kind.register(numbers.Integral)
def _(x):
    return "integral"


print(kind(np.arange(2)), kind(np.int32(1)), kind(3), kind("x"))


def f(a, /, b, c=np.pi, *rest, d, e: int = 2, **more):
    pass


class C:
    def method(self, x, y=1):
        pass


print(inspect.signature(f), inspect.signature(C().method))
