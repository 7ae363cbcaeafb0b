# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# _datetime: arithmetic, comparison, zones, text, parsing, pickling, subclasses, errors.
import _datetime
import copy
import datetime as module
import os
import pickle
import time
from datetime import UTC, date, datetime, time as clock, timedelta, timezone, tzinfo

os.environ["TZ"] = "CET-1CEST,M3.5.0,M10.5.0/3"
time.tzset()
print(datetime is _datetime.datetime, module.MINYEAR, module.MAXYEAR, UTC is timezone.utc)

print(timedelta(days=1.5, hours=-3, milliseconds=0.5), repr(timedelta()), repr(timedelta(-1, 5, 7)), timedelta(microseconds=0.5))
a, b = timedelta(1, 2, 3), timedelta(hours=7)
print(a + b, a - b, a * 3, 2 * a, a / 2, a / b, a // b, a % b, divmod(a, b), -a, abs(-a), a * 1.5, a / 0.7, a // 7, bool(timedelta()), a > b)
print(timedelta.max, timedelta.min, timedelta.resolution, a.total_seconds(), hash(a) == hash(timedelta(1, 2, 3)), timedelta.max.total_seconds())

d = date(2024, 2, 29)
print(d, repr(d), d + timedelta(366), d - date(2000, 1, 1), d.weekday(), d.isoweekday(), d.isocalendar(), d.ctime(), d.timetuple())
print(date.fromordinal(1), date.max.toordinal(), date.fromisocalendar(2020, 53, 7), date.fromisoformat("2020W537"), date.fromtimestamp(0))
print(f"{d:%d.%m.%y}", d.replace(day=1), d == datetime(2024, 2, 29), d < date.max, date.min.isocalendar(), date(2026, 1, 1).isocalendar().week)

dt = datetime(2024, 2, 29, 12, 30, 45, 123456)
print(dt, repr(dt), dt.date(), dt.time(), dt.isoformat("_", "minutes"), dt.isoformat(timespec="milliseconds"), dt.timestamp(), dt.ctime())
print(dt.strftime("%a %d %b %Y %H:%M:%S.%f %j %% %z|%Z"), dt.replace(tzinfo=timezone(timedelta(hours=-5), "EST")).strftime("%z %Z"))
for text in ["2011-11-04", "20111104", "2011-W44-5", "2011-11-04T00:05:23", "2011-11-04 00:05:23.283", "20111104T000523,283185999Z",
             "2011-11-04x01", "2011-W01-2T00:05:23.283+05:30:15.000001", "2011-11-04T00:05-0000", "2011-11-0", "2011-13-04", "2011-11-04T24",
             "2011-11-04T00:0523", "2011\ud80011-04"]:
    try:
        print(repr(datetime.fromisoformat(text)))
    except ValueError as e:
        print("ValueError:", e)
print(clock.fromisoformat("T04:23:01.5+01:00"), repr(clock(1, 2, 3, 4, UTC, fold=1)), clock(12) < clock(13), clock.max, f"{clock(9, 5):%H.%M}")

# Local time has a gap and a fold.
gap, fold = datetime(2024, 3, 31, 2, 30), datetime(2024, 10, 27, 2, 30)
print(gap.timestamp(), gap.replace(fold=1).timestamp(), fold.timestamp(), fold.replace(fold=1).timestamp())
print(datetime.fromtimestamp(1729988999), repr(datetime.fromtimestamp(1729992600)), dt.astimezone(), dt.astimezone(UTC), fold.replace(fold=1).astimezone())
print(datetime.utcfromtimestamp(-1.5), datetime.fromtimestamp(1e9, UTC), datetime.fromtimestamp(0.0000005, UTC), datetime.combine(d, clock(1, tzinfo=UTC)))


class Zone(tzinfo):
    def utcoffset(self, when):
        return timedelta(hours=2) if when is None or when.month > 3 and not when.fold else timedelta(hours=1)

    def dst(self, when):
        return self.utcoffset(when) - timedelta(hours=1)

    def tzname(self, when):
        return "100%Z"


zone = Zone()
there = datetime(2024, 7, 1, 12, tzinfo=zone)
print(there, there.utctimetuple(), there.tzname(), there.strftime("%Z"), there - datetime(2024, 7, 1, 12, tzinfo=UTC), there.timetuple().tm_isdst)
print(zone.fromutc(there), UTC.fromutc(there.astimezone(UTC)), there == there.replace(tzinfo=UTC), hash(there) == hash(there.replace(fold=1)))
print(repr(timezone(timedelta(hours=1), "X")), timezone(timedelta(0)) is UTC, timezone(-timedelta(minutes=90)), timezone.min, timezone.max)


class Stamp(datetime):
    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls, *args, **kwargs)
        self.made = len(args)
        return self


stamp = Stamp(2024, 1, 1)
print(repr(stamp), type(stamp + timedelta(1)), (stamp + timedelta(1)).made, type(Stamp.now()), type(stamp.replace(day=2)), Stamp.fromisoformat("2024-01-01").made)
for protocol in range(6):
    for value in [a, d, dt, there.replace(tzinfo=timezone(timedelta(1) / 7, "z")), clock(1, 2, tzinfo=UTC, fold=1), UTC, stamp]:
        again = pickle.loads(pickle.dumps(value, protocol))
        assert again == value and type(again) is type(value), value
print(pickle.loads(pickle.dumps(fold.replace(fold=1), 4)).fold, fold.__reduce__(), copy.deepcopy(there).tzinfo is zone, d.isocalendar().__reduce__())


def attempt(f, *args, **kwargs):
    try:
        print("no error:", f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__ + ":", e)


attempt(date)
attempt(date, 2020, 13, 1)
attempt(date, 2020, 2, 30)
attempt(date, 10000, 1, 1)
attempt(date, 2020, 1.0, 1)
attempt(date, 2020, 1, 1, x=3)
attempt(datetime, 2020, 1, 1, 24)
attempt(datetime, 2020, 1, 1, tzinfo=3)
attempt(clock, fold=2)
attempt(timedelta, days=10**9)
attempt(timedelta, days="x")
attempt(timedelta, days=float("nan"))
attempt(lambda: a / 0)
attempt(lambda: a // timedelta())
attempt(lambda: a + 1)
attempt(lambda: date.max + timedelta(1))
attempt(lambda: datetime.min - timedelta(microseconds=1))
attempt(lambda: d < dt)
attempt(lambda: dt < there)
attempt(lambda: dt - there)
attempt(lambda: clock(1) < clock(1, tzinfo=UTC))
attempt(date.fromordinal, 0)
attempt(date.fromisocalendar, 2021, 53, 1)
attempt(date.fromisocalendar, 2020, 1, 8)
attempt(date.fromisoformat, "x")
attempt(date.fromisoformat, 3)
attempt(datetime.fromtimestamp, 1e20)
attempt(datetime.fromtimestamp, float("nan"))
attempt(timezone, timedelta(1))
attempt(timezone, 3)
attempt(tzinfo().utcoffset, None)
attempt(dt.isoformat, timespec="x")
attempt(datetime.combine, dt, d)
attempt(datetime.strptime, "x", "%Y")
attempt(UTC.utcoffset, 3)
