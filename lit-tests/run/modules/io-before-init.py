# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Objects of io that __init__ has not seen: every method says so, or answers what the class always does.
import io

for c in (io.BufferedRWPair, io.BufferedReader, io.BufferedWriter, io.BufferedRandom, io.TextIOWrapper):
    for name in ("read", "peek", "write", "flush", "readable", "writable", "seekable", "close", "isatty", "closed", "read1", "readinto", "readinto1",
                 "detach", "fileno", "tell", "readline", "name", "mode", "raw", "buffer", "truncate", "__iter__", "seek", "newlines"):
        o = c.__new__(c)
        try:
            found = getattr(o, name)
            if callable(found):
                found = found(*{"write": [b"x"], "readinto": [bytearray(2)], "readinto1": [bytearray(2)], "seek": [0]}.get(name, []))
            print(c.__name__, name, found)
        except Exception as e:
            print(c.__name__, name, type(e).__name__, e)
