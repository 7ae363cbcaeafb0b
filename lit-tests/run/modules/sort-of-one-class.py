# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Keys of one builtin class are compared by the class at once: stable, as its comparison answers, with its errors.
import datetime
import decimal
import random

R = random.Random(4)


def show(name, make):
    try:
        print(name, make())
    except Exception as e:
        print(name, type(e).__name__, e)


class Day(datetime.date):
    def __lt__(self, other):
        return not datetime.date.__lt__(self, other)


class Zone(datetime.tzinfo):
    def __init__(self, hours):
        self.hours = hours

    def utcoffset(self, when):
        if self.hours is None:
            raise LookupError("no offset")
        return datetime.timedelta(hours=self.hours)

    def dst(self, when):
        return None

    def __repr__(self):
        return f"Zone({self.hours})"


minutes = [R.randrange(10**6) for _ in range(300)]
start = datetime.datetime(2020, 1, 1)
times = [start + datetime.timedelta(minutes=i) for i in minutes]
assert [int((t - start).total_seconds()) // 60 for t in sorted(times)] == sorted(minutes)
assert sorted(times, reverse=True) == sorted(times)[::-1]
assert [i for i, t in sorted(enumerate(times), key=lambda p: p[1])] == sorted(range(300), key=lambda i: (minutes[i], i))
days = [datetime.date(2020, 1 + i % 12, 1 + i % 28) for i in minutes]
order = sorted(range(300), key=days.__getitem__)
assert order == sorted(range(300), key=lambda i: (days[i].month, days[i].day, i))
deltas = [datetime.timedelta(seconds=i % 977, microseconds=i) for i in minutes]
assert sorted(deltas) == sorted(deltas, key=datetime.timedelta.total_seconds)
numbers = [decimal.Decimal(i % 1009) / 7 for i in minutes]
assert sorted(numbers) == sorted(numbers, key=lambda d: int(d * 10**6))
pieces = [b"%d" % i for i in minutes]
assert sorted(pieces) == sorted(pieces, key=bytes.decode)
arrays = sorted(map(bytearray, pieces))
assert arrays == list(map(bytearray, sorted(pieces)))

zones = [start.replace(tzinfo=Zone(h), minute=m) for h, m in ((3, 1), (-5, 2), (0, 3), (3, 0))]
show("zones", lambda: [t.minute for t in sorted(zones)])
show("naive and aware", lambda: sorted(zones + [start]))
show("no offset", lambda: sorted([start.replace(tzinfo=Zone(1)), start.replace(tzinfo=Zone(None))]))
show("mixed", lambda: sorted([start, datetime.date(2020, 1, 2)]))
show("derived", lambda: [d.day for d in sorted([datetime.date(2020, 1, 2), Day(2020, 1, 3), datetime.date(2020, 1, 1)])])
show("derived only", lambda: [d.day for d in sorted([Day(2020, 1, 2), Day(2020, 1, 3), Day(2020, 1, 1)])])
show("sets", lambda: sorted([{1, 2}, {1}, set(), {3}]))
show("dicts", lambda: sorted([{}, {1: 2}]))
show("none", lambda: sorted([None, None]))
show("complex", lambda: sorted([1j, 2j]))
show("classes", lambda: sorted([int, str]))
show("big ints", lambda: sorted([2**70, 1, -2**70, 2**64, 5]))
show("lists", lambda: sorted([[], [1], [0, 5], []]))
show("lists of others", lambda: sorted([[], [1], ["a"]]))
show("slices", lambda: sorted([slice(2, 3), slice(1)]))
show("slices again", lambda: sorted([slice(2, 3), slice(1, 9)]))
show("signals", lambda: sorted([decimal.Decimal(1), decimal.Decimal("sNaN")]))
show("key", lambda: sorted("cab", key=lambda c: c.encode()))
