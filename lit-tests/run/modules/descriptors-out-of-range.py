# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Where a path may be a descriptor, -1 is none (for a folder: the working one) and other negative numbers are refused by the system;
# numbers that are no C int, as the functions of datetime take them; what a SimpleQueue is not made from.
import datetime
import os
import queue
import tempfile


def tried(f, *arguments):
    try:
        print(f.__name__, f(*arguments))
    except Exception as e:
        print(f.__name__, type(e).__name__, e)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.mkdir("inner")
    tried(os.listdir, -1)
    with os.scandir(-1) as entries:
        print([(e.name, e.path) for e in entries])
    for f in (os.stat, os.chdir, os.statvfs, os.listxattr):
        tried(f, -1)
    for f in (os.stat, os.chdir, os.statvfs, os.listxattr, os.listdir, os.scandir, os.utime):
        tried(f, -2)
    tried(os.truncate, -2, 0)
    tried(os.chmod, -2, 0)
    tried(os.execve, -2, ["a"], {})

for n in (2**40, -2**40, 2**80):
    for f in (datetime.date, datetime.datetime):
        tried(f, n, 1, 1)
        tried(f(1, 1, 1).replace, n)
    tried(datetime.time, n)
    tried(datetime.time(1).replace, n)
    tried(datetime.date.fromordinal, n)
    tried(datetime.date.fromisocalendar, n, 1, 1)
tried(queue.SimpleQueue, 1)
tried(lambda: queue.SimpleQueue(1, a=2))
tried(lambda: queue.SimpleQueue(a=2))
