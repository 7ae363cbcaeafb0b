# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What datetime says of time zones that answer with something else.
import datetime


class Zone(datetime.tzinfo):
    def __init__(self, answer):
        self.answer = answer

    def utcoffset(self, when):
        return self.answer

    dst = tzname = utcoffset


for answer in (5, "x", datetime.timedelta(hours=30)):
    when = datetime.datetime(2020, 1, 1, tzinfo=Zone(answer))
    for work in (when.utcoffset, when.dst, when.tzname, when.isoformat, when.timestamp, when.timetuple, lambda: hash(when)):
        try:
            print(work())
        except (TypeError, ValueError) as e:
            print(e)
