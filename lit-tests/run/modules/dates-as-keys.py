# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Dates, datetimes and timedeltas in dicts, sets, tuples and sorts: equal ones that are other objects, zones that are asked, classes
# derived from them, and keys of other kinds beside them.
from datetime import date, datetime, time, timedelta, timezone, tzinfo

days = [date(2024, 1 + i % 3, 1 + i % 4) for i in range(30)]
count = {}
for d in days:
    count[d] = count.get(d, 0) + 1
print(sorted(count.items())[:4], len(count))
print(len(set(days)), date(2024, 1, 1) in count, date(2023, 1, 1) in count, count[date(2024, 3, 3)])
print(count.pop(date(2024, 1, 1)), count.setdefault(date(2024, 1, 1), "new"), date(2024, 1, 1) in count)
by_day = {}
for i, d in enumerate(days):
    by_day.setdefault((d, i % 2), []).append(i)
print(len(by_day), by_day[date(2024, 1, 1), 0], (date(2024, 2, 2), 0) in by_day)
print(sorted((d, -i) for i, d in enumerate(days))[:3], min(days), max(days))
print(sorted([(1, date(2024, 2, 1)), (1, date(2024, 1, 1))]), sorted([[date(2024, 2, 1), 2], [date(2024, 2, 1), 1]]))

moments = [datetime(2024, 1, 1, i % 5, i % 3) for i in range(20)]
print(len(set(moments)), len({m: 1 for m in moments}), datetime(2024, 1, 1, 4, 1) in set(moments))
print(sorted(moments)[:3], sorted(moments, key=lambda m: (m.minute, m))[-1])
print(datetime(2024, 1, 1, fold=1) in {datetime(2024, 1, 1): 0}, hash(datetime(2024, 1, 1, fold=1)) == hash(datetime(2024, 1, 1)))
spans = {timedelta(minutes=i % 4): i for i in range(12)}
print(spans, timedelta(seconds=60) in spans, sorted(spans)[0], timedelta(-1) < timedelta(0))

print(date(2024, 1, 1) in {datetime(2024, 1, 1)}, datetime(2024, 1, 1) in {date(2024, 1, 1)}, {date(2024, 1, 1), datetime(2024, 1, 1), 5, "x"} - {5} != set())
print({date(2024, 1, 1): 1} == {date(2024, 1, 1): 1}, (date(2024, 1, 1), 1) == (date(2024, 1, 1), 1), [date(2024, 1, 1)] == [date(2024, 1, 2)])
print((date(2024, 1, 1), 1) < (date(2024, 1, 1), 2), (date(2024, 1, 2), 1) < (date(2024, 1, 1), 2))

east, west = timezone(timedelta(hours=2)), timezone(timedelta(hours=-5))
noon = datetime(2024, 1, 1, 12, tzinfo=timezone.utc)
zoned = {noon: "utc"}
print(zoned[datetime(2024, 1, 1, 14, tzinfo=east)], zoned.get(datetime(2024, 1, 1, 7, tzinfo=west)), zoned.get(datetime(2024, 1, 1, 12)))
print(sorted([noon, datetime(2024, 1, 1, 13, tzinfo=east)])[0].tzinfo is east)


class Zone(tzinfo):
    def utcoffset(self, dt):
        print("asked", dt is not None)
        return timedelta(hours=1)

    def dst(self, dt):
        return None


here = Zone()
a, b = datetime(2024, 1, 1, 13, tzinfo=here), datetime(2024, 1, 1, 13, tzinfo=here)
table = {a: 1}
print("looking")
print(b in table, table[b], a in table)


class Failing(tzinfo):
    def utcoffset(self, dt):
        raise RuntimeError("no offset")


try:
    table[datetime(2024, 1, 1, tzinfo=Failing())]
except RuntimeError as e:
    print("RuntimeError", e)
try:
    sorted([noon, datetime(2024, 1, 1)])
except TypeError as e:
    print("TypeError", e)
try:
    sorted([(noon, 1), (datetime(2024, 1, 1), 2)])
except TypeError as e:
    print("TypeError", e)


class Day(date):
    def __hash__(self):
        print("hash of a Day")
        return super().__hash__()

    def __eq__(self, other):
        print("== of a Day")
        return super().__eq__(other)


print(Day(2024, 2, 2) in count, {Day(2024, 5, 5): 1}.get(date(2024, 5, 5)))
print(time(1, 2) in {time(1, 2): 0})
