# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Subclasses of datetime, and of numbers beside timedelta: what is called, and what class comes out.
from datetime import datetime, timedelta, timezone, tzinfo


def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


class Whole(int):
    def __mul__(self, other):
        return "mul"

    def __rmul__(self, other):
        return "rmul"

    def __rfloordiv__(self, other):
        return 2**45

    def __rtruediv__(self, other):
        return "rtruediv"

    def __neg__(self):
        return "neg"


class Half(int):
    def __rmul__(self, other):
        return 2.5


class Part(float):
    def __mul__(self, other):
        return "mul"

    def __rmul__(self, other):
        return "rmul"


span = timedelta(days=3, seconds=7)
for n in (Whole(2), Half(2), Part(2.5), True):
    for f in (lambda: span * n, lambda: n * span, lambda: span // n, lambda: span / n, lambda: span % n, lambda: span + n):
        attempt(f)
attempt(lambda: timedelta(days=Whole(2)))
attempt(lambda: timedelta(hours=Part(2)))
attempt(lambda: timedelta(weeks=True, microseconds=Half(5)))


class Zone(tzinfo):
    def utcoffset(self, dt):
        return timedelta(hours=2)

    def dst(self, dt):
        return timedelta(minutes=30)

    def tzname(self, dt):
        return "zone"

    def __repr__(self):
        return "zone"


class Moment(datetime):
    def __new__(cls, *arguments, **named):
        print("new", arguments, named)
        return datetime.__new__(cls, *arguments, **named)

    def __add__(self, other):
        print("add")
        return datetime.__add__(self, other)

    def __sub__(self, other):
        print("sub")
        return datetime.__sub__(self, other)

    def replace(self, *arguments, **named):
        print("replace")
        return datetime.replace(self, *arguments, **named)

    def utcoffset(self):
        print("utcoffset")
        return datetime.utcoffset(self)


aware, naive = Moment(2020, 1, 2, 3, 4, 5, tzinfo=timezone.utc), Moment(2020, 1, 2, 3, 4, 5)
for moment in (aware, naive, Moment(2020, 1, 2, tzinfo=Zone())):
    for zone in (Zone(), timezone(timedelta(hours=1)), timezone.utc, moment.tzinfo, None):
        result = moment.astimezone(zone)
        print(type(result).__name__, result, result is moment)


class Odd(datetime):
    def __add__(self, other):
        return "added"


odd = Odd(2020, 1, 2, tzinfo=Zone())
print(type(odd + timedelta(1)).__name__, type(odd.astimezone(timezone.utc)).__name__, type(aware.astimezone(odd.tzinfo)).__name__)
