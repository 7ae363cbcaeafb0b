# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Functions that parse a tuple say how many arguments they take, and refuse keywords, in words of their own; a text's format minds no keys of **.
import mmap
import time
import _thread


def ask(f, *args, **keywords):
    try:
        print("took", type(f(*args, **keywords)).__name__)
    except (TypeError, KeyError, RuntimeError) as error:
        print(type(error).__name__, error)


for f in (time.clock_getres, time.clock_gettime, time.ctime, time.gmtime, time.localtime, time.get_clock_info, time.strftime):
    ask(f, 1, 2, 3, 4)
    ask(f, x=1)
ask(time.get_clock_info)
ask(time.clock_settime_ns, 1)

ask(mmap.mmap)
ask(mmap.mmap, 1)
ask(mmap.mmap, *range(9))
ask(mmap.mmap, -1, 10, other=1)
m = mmap.mmap(-1, 100)
for f in (m.find, m.rfind, m.flush, m.madvise, m.move, m.read, m.resize, m.seek, m.write, m.write_byte):
    ask(f, *range(6))
    ask(f, x=1)
for f in (m.find, m.move, m.resize, m.seek, m.write):
    ask(f)
ask(m.__exit__, x=1)

ask(_thread.stack_size, *range(7))
ask(_thread.stack_size, x=1)
for lock in (_thread.allocate_lock(), _thread.RLock()):
    ask(lock.__exit__, x=1)
ask(lock._acquire_restore, 1, 2)
ask(lock._acquire_restore, x=1)

keys = {2: 3}
for call in (lambda: "{a}".format(**keys), lambda: "{a}".format(**{2: 3, "a": 4}), lambda: "{0}".format(1, **keys), lambda: str.format("{a}", **keys), lambda: "{a}".format(a=1, **keys)):
    try:
        print(call())
    except (KeyError, TypeError) as error:
        print(repr(error))
