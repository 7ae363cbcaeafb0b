# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# datetime: sums that stay in their month and that do not, comparisons, and ISO text both ways.
import hashlib
import random
from datetime import date, datetime, time, timedelta, timezone

random.seed(7)
zones = [None, None, timezone.utc, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(seconds=-3661))]


class Sub(datetime):
    pass


class Day(date):
    pass


def moment():
    kind = random.choice([datetime, datetime, Sub])
    year = random.choice([1, 2, 1600, 1900, 1999, 2000, 2004, 2023, 9998, 9999])
    month = random.randrange(1, 13)
    return kind(year, month, random.choice([1, 2, 15, 27, 28]), random.randrange(24), random.randrange(60), random.randrange(60),
                random.choice([0, 0, 1, 999, 500000, 999999]), random.choice(zones), fold=random.randrange(2))


def delta():
    return timedelta(random.choice([0, 0, 1, -1, 3, 27, -27, 28, 29, 30, -31, 59, 365, -366, 146097, 10**6, -(10**7), 999999999]),
                     random.choice([0, 0, 1, 3600, 86399]), random.choice([0, 0, 1, 999999]))


def outcome(f, *operands):
    try:
        v = f(*operands)
        return f"{type(v).__name__} {v!r} {getattr(v, 'fold', '')}"
    except (OverflowError, TypeError, ValueError) as e:
        return f"{type(e).__name__} {e}"


digest = hashlib.sha256()
for i in range(4000):
    a, b, d = moment(), moment(), delta()
    day = random.choice([date, Day])(a.year, a.month, a.day)
    line = [outcome(lambda: a + d), outcome(lambda: d + a), outcome(lambda: a - d), outcome(lambda: a - b), outcome(lambda: a < b),
            outcome(lambda: a == b), outcome(lambda: a >= a.replace(fold=0)), outcome(lambda: day + d), outcome(lambda: day - d),
            outcome(lambda: day < b.date()), outcome(lambda: day == b.date()), outcome(lambda: d + d), outcome(lambda: a == day),
            a.isoformat(), a.isoformat(" "), a.isoformat("é", "milliseconds"), str(a), day.isoformat(), str(day), a.timetz().isoformat(),
            outcome(lambda: a.isoformat(timespec=random.choice(["auto", "hours", "minutes", "seconds", "milliseconds", "microseconds", "x"]))),
            outcome(lambda: datetime.fromisoformat(a.isoformat())), outcome(lambda: Sub.fromisoformat(a.isoformat("日", "minutes"))),
            outcome(lambda: datetime.fromisoformat(a.isoformat()[: random.randrange(33)])), outcome(lambda: date.fromisoformat(str(day)))]
    digest.update("\n".join(line).encode())
    if i % 400 == 0:
        print(*line[:6], line[13], digest.hexdigest()[:16], sep=" | ")
print(datetime.max + timedelta(microseconds=0) == datetime.max, outcome(lambda: datetime.max + timedelta(microseconds=1)))
print(outcome(lambda: datetime.min - timedelta(microseconds=1)), datetime(2024, 2, 28, 23, 59, 59, 999999) + timedelta(microseconds=1))
print(time(1, 2).isoformat(), time(1, 2, 3, 4).isoformat("milliseconds"), time(23).isoformat("hours"))

# The calendar, day by day around ends of months and now and then.
digest = hashlib.md5()
for ordinal in [*range(1, 3_652_060, 1013), *range(1, 800), *range(3_651_300, 3_652_060), *range(730_000, 731_600), *range(693_500, 693_700)]:
    day = date.fromordinal(ordinal)
    digest.update(f"{day} {day.toordinal() == ordinal} {day.weekday()}".encode())
print(digest.hexdigest(), date.fromordinal(1), date.fromordinal(3_652_059), date(1, 1, 1) + timedelta(3_652_058))
