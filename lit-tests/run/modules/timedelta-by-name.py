# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# timedelta with parts by name: small ints, and what is none; names that are the parameters' own, made at run time, wrong or given twice.
from datetime import timedelta


class Span(timedelta):
    pass


def outcome(f, *arguments, **named):
    try:
        return repr(f(*arguments, **named))
    except (OverflowError, TypeError, ValueError) as e:
        return f"{type(e).__name__} {e}"


names = "days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"
values = 0, 1, -1, 59, 86399, 86400, -86400, 999999, 1000000, -999999, 10**9 - 1, 10**9, -(10**9), 2**62, 2**63, -(2**70), 0.5, -1.25, 1e-7, True, False, float("nan")
for name in names:
    print(name, *(outcome(timedelta, **{name: v}) for v in values), sep="\n    ")
for one in names:
    for other in names:
        print(outcome(timedelta, **{one: 7, other: -86401}), outcome(timedelta, **{other: 0.25, one: 3}), outcome(timedelta, 5, **{one: 2}))
print(timedelta(), timedelta(days=1, hours=2, minutes=3, seconds=4, milliseconds=5, microseconds=6, weeks=7), timedelta(hours=-1, minutes=90))
print(outcome(Span, minutes=5), outcome(Span, hours=1.5), type(Span(weeks=1)), timedelta(**{"".join(["ho", "urs"]): 3}))
print(outcome(timedelta, years=1), outcome(timedelta, days=1, month=2), outcome(timedelta, days="1"), outcome(timedelta, hours=None), outcome(timedelta, **{"hours": 1j}))
print(outcome(timedelta, days=999999999), outcome(timedelta, days=999999999, hours=24), outcome(timedelta, weeks=-142857142, days=-6), outcome(timedelta, microseconds=-1))
for i in range(3):
    print(timedelta(days=i), timedelta(hours=i, seconds=-i), timedelta(seconds=86400 * i - 1))
