# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# How often, and in which order, zones are asked for their offset: one that counts can tell.
import datetime


class Zone(datetime.tzinfo):
    def __init__(self, name, *hours):
        self.name = name
        self.hours = list(hours)

    def utcoffset(self, when):
        print("  offset of", self.name, when if when is None else when.fold)
        hours = self.hours.pop(0) if len(self.hours) > 1 else self.hours[0]
        return None if hours is None else datetime.timedelta(hours=hours)


def at(zone, second=0):
    return datetime.datetime(2020, 1, 1, 0, 0, second, tzinfo=zone)


def shown(what, function):
    print(what)
    try:
        print("  gives", function())
    except TypeError as e:
        print("  TypeError:", e)


east, west, alike = Zone("east", 1), Zone("west", -1), Zone("alike", 1)
for x, y in (east, east), (east, west), (east, alike), (east, None), (None, west):
    a, b = at(x), at(y)
    print(x and x.name, y and y.name)
    shown("==", lambda: a == b)
    shown("!=", lambda: a != b)
    shown("<", lambda: a < b)
    shown(">=", lambda: a >= b)
    shown("-", lambda: a - b)

print("zones that change their mind")
shown("<", lambda: at(Zone("moody", 1, -5)) < at(west))
shown("==", lambda: at(Zone("moody", 1, -1)) == at(west))
shown("<", lambda: at(Zone("moody", 1, None)) < at(west))
