# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The paths of scandir's entries, by what was asked for: str, bytes, PathLike, with a slash at the end, a descriptor, nothing; names beyond
# ASCII; several scans at once. And what stat gives: fields, floats, nanoseconds, copies with too few or other items.
import os
import pathlib
import sys
import tempfile

folder = os.path.realpath(tempfile.mkdtemp())
os.makedirs(os.path.join(folder, "sub", "below"))
for name in ("a.txt", "b" * 60, "é\u4e2d\U0001f600", "sub/c", "sub/below/d"):
    with open(os.path.join(folder, name), "w") as f:
        f.write(name)


def shown(path):
    text = os.fsdecode(path).replace(folder, "<>")
    return ascii(os.fsencode(text) if isinstance(path, bytes) else text)


for asked in (folder, folder + "/", os.fsencode(folder), pathlib.Path(folder), folder + "/sub", folder + "/sub/", folder + "//", "/"):
    with os.scandir(asked) as entries:
        if asked == "/":
            print(any(e.path == "/etc" for e in entries))
        else:
            print(sorted((shown(e.path), ascii(e.name), e.is_dir()) for e in entries))
os.chdir(folder)
for asked in (None, ".", "", b".", "sub"):
    try:
        print(sorted(ascii(e.path) for e in (os.scandir(asked) if asked is not None else os.scandir())))
    except OSError as e:
        print(e)
fd = os.open(folder, os.O_RDONLY)
print(sorted(ascii(e.path) for e in os.scandir(fd)))
os.close(fd)
both = os.scandir(folder), os.scandir(folder + "/sub")
pairs = [(shown(x.path), shown(y.path)) for x, y in zip(*both)]
print(len(pairs), all(x.startswith("'<>/") and y.startswith("'<>/sub/") for x, y in pairs))
for scan in both:
    scan.close()
print(sorted(shown(p) for p in pathlib.Path(folder).rglob("*")))
print(sorted(shown(p) for p in pathlib.Path(folder).glob("*.txt")))

s = os.stat("a.txt")
print(len(s), s.st_size, s[6], s.st_mtime_ns // 10 ** 9 == s[8] == int(s.st_mtime), isinstance(s.st_atime, float))
print(os.stat_result(tuple(s)) == s, os.stat_result(range(10)), os.stat_result(range(19)).st_rdev, hash(os.stat_result(range(10))) == hash(tuple(range(10))))
for items in (range(9), range(20), [object()] * 10):
    try:
        print(len(os.stat_result(items)))
    except TypeError as e:
        print(e)


class Kept:
    def __del__(self):
        print("gone")


kept = os.stat_result([Kept() for _ in range(12)])
print("made")
del kept
print("after")


class Shared(str):
    pass


word = Shared("x")
before = sys.getrefcount(word)
some = [os.stat_result([word] * 10) for _ in range(3)]
print(sys.getrefcount(word) - before)
del some
print(sys.getrefcount(word) - before)
os.chdir("/")
for name in ("sub/below/d", "sub/c", "é\u4e2d\U0001f600", "b" * 60, "a.txt"):
    os.unlink(os.path.join(folder, name))
os.removedirs(os.path.join(folder, "sub", "below"))
