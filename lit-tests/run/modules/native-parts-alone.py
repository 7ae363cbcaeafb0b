# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Native parts of library modules that a program imports without these find what they need of the library.
import _asyncio
import _decimal
import _pickle
import _zoneinfo

print(_pickle.loads(_pickle.dumps([1, {"a": 2.5}])))
print(_asyncio.Task.__name__, _decimal.Decimal("1.5").as_tuple())
zone = _zoneinfo.ZoneInfo("Europe/Paris")
print(zone, zone.__reduce__()[1], _zoneinfo.ZoneInfo.no_cache("Asia/Tokyo").__reduce__()[1])


class Slots:
    __slots__ = "a"


try:
    _pickle.dumps(Slots(), 0)
except TypeError as e:
    print(e)
