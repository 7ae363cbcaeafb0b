# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Tuples with named fields that the runtime makes.
import os
import pickle
import sys
import time

now = time.gmtime(0)
print(now, now.tm_year, now[0], now.tm_zone, now.tm_gmtoff, len(now), now == tuple(now))
print(pickle.loads(pickle.dumps(now)).tm_zone, now.n_fields, now.n_sequence_fields, now.n_unnamed_fields, now.__match_args__)
print(time.struct_time(range(9)), time.struct_time(range(11)).tm_gmtoff)
s = os.stat("/")
print(len(s), s.n_fields, s.st_mode == s[0], s.st_mtime_ns // 10**9 == s[8] == int(s.st_mtime))
print(os.stat_result(range(10)).st_atime, os.stat_result(range(15)).st_ctime_ns)
for wrong in (range(3), range(30)):
    try:
        os.stat_result(wrong)
    except TypeError as e:
        print(e)
print(sys.float_info.dig, type(sys.flags).__name__, sys.version_info >= (3, 11), sys.hash_info.width, sys.thread_info[0])
print(os.times_result(range(5)), os.terminal_size((80, 24)), os.terminal_size((1, 2)).columns)
for base in (time.struct_time, os.stat_result):
    try:
        class Sub(base):
            pass
        print(Sub(range(10))[0])
    except TypeError as e:
        print(e)
held = []
cyclic = os.stat_result([held] * 10)
held.append(cyclic)
print([os.times()[4] > 0, os.stat("/").st_dev == s.st_dev] * 2)
