# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# strftime of numbers, names and plain zones, which needs nobody else, and what does: other zones and classes, functions of the time module that were replaced.
import datetime
import time
import zlib

moments = [datetime.datetime(y, m, d, *c) for y in (1, 9, 10, 99, 100, 999, 1000, 1900, 1999, 2000, 2023, 2024, 9999)
           for m, d in ((1, 1), (2, 28), (3, 1), (12, 31), (10, 9)) for c in ((), (23, 59, 59, 999999), (9, 8, 7, 6))]
formats = ["%Y", "%y", "%m", "%d", "%j", "%H", "%M", "%S", "%f", "%%", "%Y-%m-%d %H:%M:%S.%f", "d%dm%m%%Y%Y", "x", "%d.%m.", "%f" * 20, "%Y" * 40, " " * 70 + "%d",
           "%a %A|%b %B|%p %I|%w|%e", "%d/%b/%Y:%H:%M:%S", "%D %T %R", "%F", "%A" * 80, "%f" * 99, "%z%Z", "%h %u %k %c|%x|%X|%U %W %V %G"]
for f in formats:
    texts = [t.strftime(f) for t in moments]
    same = texts == [format(t, f) for t in moments] == [f"{t:{f}}" for t in moments]
    dates = [t.date().strftime(f) for t in moments]
    times = [t.time().strftime(f) for t in moments]
    print(f[:30], zlib.crc32("|".join(texts + dates + times).encode()), same, texts[17][:40], dates[17][:40], times[17][:40])

t = moments[-1]
for f in "", "%", "%d%", "%B %d", "%a %-d", "%Q", "\xe9%d", "\u0105%Y", "%D", "%F %T", "%x"[:1] + "p", "%z|%Z", "%e|%U":
    print(ascii(f), ascii(t.strftime(f)), ascii(t.date().strftime(f)), ascii(f"{t.time():{f}}"))
for f in "%d\0", "\0", 5, None, b"%d":
    for method in t.strftime, t.date().strftime, t.time().strftime:
        try:
            print(ascii(method(f)))
        except (TypeError, ValueError) as e:
            print(type(e).__name__, e)


class Zone(datetime.tzinfo):
    def utcoffset(self, when):
        return datetime.timedelta(hours=2)

    def dst(self, when):
        print("dst", end=" ")

    def tzname(self, when):
        return "ZONE"


class Date(datetime.date):
    def timetuple(self):
        print("timetuple", end=" ")
        return super().timetuple()


class Moment(datetime.datetime):
    def strftime(self, f):
        return "own " + super().strftime(f)


class Format(str):
    pass


print(t.replace(tzinfo=Zone()).strftime("%d %z %Z"), t.replace(tzinfo=Zone()).strftime("%d"), t.replace(tzinfo=datetime.timezone.utc).strftime("%H"))
print(Date(2024, 1, 2).strftime("%d"), f"{Date(2024, 1, 2):%j}", Moment(2024, 1, 2).strftime("%d"), f"{Moment(2024, 1, 2):%Y}", t.strftime(Format("%Y")))

for zone in datetime.timezone.utc, datetime.timezone(datetime.timedelta(hours=-5, minutes=-30)), datetime.timezone(datetime.timedelta(seconds=3661), "A%dB"), datetime.timezone(
        datetime.timedelta(0), "\xc4"), datetime.timezone(datetime.timedelta(microseconds=1), "N\0N"), datetime.timezone(datetime.timedelta(0), "\ud800"), Zone():
    there = t.replace(tzinfo=zone)
    for f in "%H:%M%z", "%Z", "%a %Z %%d":
        for one in there, there.timetz():
            try:
                print(ascii(one.strftime(f)), ascii(f"{one:{f}}"))
            except (ValueError, UnicodeError) as e:
                print(type(e).__name__, e)

original, made = time.strftime, time.struct_time
time.strftime = lambda f, when: f"replaced {f} {when[:3]}"
print(t.strftime("%Y"), t.date().strftime("%d"), t.time().strftime("%H"), f"{t:%m}")
time.strftime = datetime.date(2000, 1, 2).strftime
try:
    print(t.strftime("%Y"))
except TypeError as e:
    print(e)
time.strftime = original
time.struct_time = lambda fields: (print("struct", end=" "), made(fields))[1]
print(t.strftime("%Y"), t.date().strftime("%d"), t.time().strftime("%H"))
time.struct_time = made
del time.strftime
try:
    print(t.strftime("%Y"))
except AttributeError as e:
    print(e)
time.strftime = original
print(t.strftime("%Y"))


def deep():
    try:
        return deep()
    except RecursionError:
        return t.strftime("%Y"), f"{t:%d}"


print(deep())
