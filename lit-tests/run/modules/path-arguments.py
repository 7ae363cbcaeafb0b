# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What os functions take as a path, and how their errors name it; rowcount of a statement that returns rows.
import os
import pathlib
import sqlite3


class Odd:
    def __fspath__(self):
        return b"/nope/odd"


functions = [os.listdir, os.stat, os.mkdir, os.rmdir, os.unlink, os.chdir, os.readlink, os.scandir, open, os.utime, os.statvfs]
two = {"rename": os.rename, "replace": os.replace, "link": os.link}
for f in functions:
    for path in (pathlib.Path("/nope/x"), Odd(), "a\0b", b"a\0b", 3.5, [], "/nope/\udc80", 999, 2**40, -2**40):
        try:
            print(f.__name__, f(path))
        except (OSError, ValueError, TypeError, OverflowError) as e:
            print(f.__name__, type(e).__name__, ascii(str(e)), ascii(getattr(e, "filename", None)))
for name, f in two.items():
    for path in (pathlib.Path("/nope/x"), b"a\0b", None):
        try:
            f(path, pathlib.Path("/nope/y"))
        except (OSError, ValueError, TypeError) as e:
            print(name, type(e).__name__, e, repr(getattr(e, "filename2", None)))

connection = sqlite3.connect(":memory:")
connection.execute("create table t(a)")
cursor = connection.execute("insert into t values (1), (2), (3) returning a")
print(cursor.rowcount, cursor.fetchone(), cursor.rowcount, cursor.fetchall(), cursor.rowcount)
print(connection.execute("update t set a = a + 1").rowcount, connection.executemany("insert into t values (?)", [(1,), (2,)]).rowcount)
