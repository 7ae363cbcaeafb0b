# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Dates and times that are not quite as ISO 8601 has them: what CPython's parser takes all the same, and what not.
from datetime import date, datetime, time

clocks = """12 12:34 12:34:56 1234 123456 123456789 12:34:56:78 12:34.5 12.5 12:34:56.1234567 12:34:56,5 12:34:56. 12:34: 12: 1 123 12345
    12+01 124+0530 12:34:456+05:30 12:34:56.+01 12:34:56.5x+01 12:34:56x+01 12:34:56é+01 12:34:56.123é+05:00 12Z 12Zx 12z 12z+01
    12:34:56+00:00:00.000001 12:34:56-00:00 12+24:00 12-24 12+23:59:59.999999 12+1 12+ 12- 12:34+5:30 12+05+30 12340530 T12 TT12 T
    24:00 12:60 12:34:60 +01 :12 1\u06612 12:34:56.\u0661 12\0 12\0x 12:34\0+01 12:34:56.5\0x""".split()
days = """2020-02-29 20200229 2020-W09-6 2020W096 2020-W09 2020W09 2020-02-30 2020-2-29 20200230 2020-060 2020060 2020-W54 0001-W01-1
    9999-W53-7 202002 2020-02 2020-W09-8 2020-W00-1 2020-0229 202002-29 2020-W096 2020W09-6 \u06620200229 2020-02-2é""".split()


def say(function, text):
    try:
        print(ascii(text), repr(function(text)))
    except ValueError as e:
        print(ascii(text), ascii(str(e)))


for clock in clocks:
    say(time.fromisoformat, clock)
for day in days:
    say(date.fromisoformat, day)
    say(datetime.fromisoformat, day)
    for separator in "T", " ", "é", "\u20ac", "\U0001f600", "\ud800", "", "-", "5", "TT", "\0":
        say(datetime.fromisoformat, day + separator)
        say(datetime.fromisoformat, day + separator + "12:34")
for clock in clocks:
    say(datetime.fromisoformat, "2020-02-29T" + clock)
    say(datetime.fromisoformat, "2020W09" + clock)
for function in date.fromisoformat, time.fromisoformat, datetime.fromisoformat:
    say(function, "")
    say(function, "12:3\ud800")
    say(function, "2020-02-29T12:34:5\udfff")
