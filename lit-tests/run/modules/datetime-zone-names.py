# RUN: krait run %s | diff %s.out -
# Formats and names of zones with surrogates, zeros and percent signs: time.strftime takes what dates do not.
from datetime import *
class Zone(tzinfo):
    def __init__(s, n, o=timedelta(0)): s.n = n; s.o = o
    def utcoffset(s, d): return s.o
    def dst(s, d): return timedelta(0)
    def tzname(s, d): return s.n
def tried(f):
    try: print(ascii(f()))
    except Exception as e: print(type(e), ascii(str(e)))
for fmt in ('\0', 'a\0b', '\ud800', '%Y\ud800', '%Z', '%', '%%', 'é%Z', '%Z\0%Z', '%z%', '%Z\0', 'x%Zé', '%f\0', '\0%Y', '%\0'):
    for tz in (None, 'a', '\0', 'x\0y', '\ud800', '%', '%Y', 'é', 5, None, b'a'):
        print(repr(fmt), repr(tz), end=' ')
        tried(lambda: datetime(2000,1,1,tzinfo=Zone(tz)).strftime(fmt))
    tried(lambda: time(1,2).strftime(fmt))
    tried(lambda: date(1,2,3).strftime(fmt))
    tried(lambda: datetime(1999,2,3).strftime(fmt))
    tried(lambda: format(datetime(1999,2,3), fmt))
