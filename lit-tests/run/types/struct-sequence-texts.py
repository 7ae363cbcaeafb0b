# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# repr() of a struct sequence goes through the names that there are, whatever index they have.
import os
import resource
import time

print(os.stat_result(range(10)))
print(os.stat_result(range(19)))
text = repr(os.stat('/'))
print([item.split('=')[0] for item in text.split(', ')])
print(os.stat_result(range(10)).st_atime, os.stat_result(range(19)).st_atime, os.stat_result(range(19))[7:])
print(time.struct_time(range(11)))
print(os.terminal_size((80, 24)), os.sched_param(3))
print(resource.getrusage(resource.RUSAGE_SELF)._fields if hasattr(os, 'nope') else resource.struct_rusage(range(16)))
for call in (lambda: os.terminal_size(), lambda: os.stat_result(range(9)), lambda: os.stat_result(range(20)), lambda: time.struct_time(5),
             lambda: os.stat_result(range(10), 5), lambda: os.stat_result(sequences=1)):
    try:
        print(call())
    except TypeError as e:
        print(e)
