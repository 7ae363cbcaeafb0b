# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# _zoneinfo: offsets, names and folds of many zones over two centuries, the caches, files, rules, and what is refused.
import copy
import datetime
import hashlib
import io
import pickle
import struct
import weakref
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

D, UTC = datetime.datetime, datetime.timezone.utc
for key in ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "UTC", "Australia/Lord_Howe", "Europe/Dublin", "Africa/Casablanca", "Pacific/Apia"):
    zone, seen = ZoneInfo(key), []
    for year in range(1880, 2100, 7):
        for month in (1, 3, 4, 7, 10, 11):
            for hour in (0, 1, 2, 3, 12):
                for fold in (0, 1):
                    d = D(year, month, (year * month * 7 + hour) % 28 + 1, hour, 30, fold=fold, tzinfo=zone)
                    seen.append((str(d.utcoffset()), str(d.dst()), d.tzname()))
                u = D(year, month, 28, hour, tzinfo=UTC).astimezone(zone)
                seen.append((str(u), u.fold))
    print(zone, repr(zone), hashlib.md5(repr(seen).encode()).hexdigest(), datetime.time(1, tzinfo=zone).utcoffset())


class Mine(ZoneInfo):
    pass


a = ZoneInfo("Europe/Berlin")
print(a is ZoneInfo("Europe/Berlin"), ZoneInfo.no_cache("Europe/Berlin") is a, Mine("Europe/Berlin"), Mine("Europe/Berlin") is a, a.key)
print(pickle.loads(pickle.dumps(a)) is a, copy.copy(a) is a, weakref.ref(a)() is a, repr(Mine("UTC")), type(pickle.loads(pickle.dumps(Mine("UTC")))))
ZoneInfo.clear_cache(only_keys=["Europe/Berlin"])
print(a is ZoneInfo("Europe/Berlin"))
ZoneInfo.clear_cache()


def tzif(rule, transitions=(), types=((3600, 0, 0),), names=b"AAA\0BBB\0"):
    def block(size, code):
        head = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, len(transitions) if size else 0, len(types), len(names))
        body = b"".join(struct.pack(code, t) for t, _ in transitions) + bytes(i for _, i in transitions) if size else b""
        return head + body + b"".join(struct.pack(">lbb", *t) for t in types) + names

    return io.BytesIO(block(0, "") + block(8, ">q") + b"\n" + rule + b"\n")


summer = ZoneInfo.from_file(tzif(b"AAA-1BBB,M3.5.0,M10.5.0/3", [(0, 0), (10000, 1), (20000, 0)], [(3600, 0, 0), (7200, 1, 4)]), key="Own/Zone")
for moment in D(1970, 1, 1), D(1970, 1, 1, 4), D(1970, 1, 1, 7), D(2020, 3, 29, 2, 30), D(2020, 10, 25, 2, 30), D(2021, 7, 1):
    both = [moment.replace(tzinfo=summer, fold=f) for f in (0, 1)]
    print([(str(m.utcoffset()), str(m.dst()), m.tzname()) for m in both], moment.replace(tzinfo=UTC).astimezone(summer))
for rule in (b"AAA0", b"<+03>-3", b"AAA5BBB4:30:15,J60/1,300/25:10", b"AAA-14BBB-15,0/0,J365/25", b"EST5EDT,M3.2.0/4:00,M11.1.0/3:00:01"):
    z = ZoneInfo.from_file(tzif(rule))
    print(rule, [(str(m.utcoffset()), m.tzname()) for m in (D(y, mo, 15, tzinfo=z) for y in (2020, 2021) for mo in (1, 6, 10, 12))])
for rule in b"PST8PDT", b"+11", b"AAA4BBB,M443.3.2,M11.1.0/3", b"AAA4BBB,M3.2.8,M4.1.1", b"AAA4BBB,J0,J5", b"AAA4BBB,J1,366", b"AAA3,M10.1.0,M3.2.0", b"AAA+25":
    try:
        ZoneInfo.from_file(tzif(rule))
        print("accepted", rule)
    except ValueError:
        print("refused", rule)
plain = ZoneInfo.from_file(tzif(b"AAA-1"))
print(str(plain) == repr(plain), repr(plain).startswith("zoneinfo.ZoneInfo.from_file(<_io.BytesIO object at 0x"), plain.key, plain.utcoffset(None), plain.tzname(None))
for attempt in (
    lambda: ZoneInfo("No/Such_Zone"), lambda: ZoneInfo("/etc/passwd"), lambda: ZoneInfo(), lambda: pickle.dumps(summer),
    lambda: a.fromutc(5), lambda: a.fromutc(D(2020, 1, 1)), lambda: ZoneInfo.from_file(io.BytesIO(b"nonsense")), lambda: a.utcoffset(datetime.date(2020, 1, 1)),
    lambda: setattr(a, "key", 5),
):
    try:
        print(attempt())
    except Exception as e:
        print(type(e).__name__, e)
