# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Paths of all kinds given to the system: __fspath__ is called once, with whatever descriptor it is.
import gc
import os
import pathlib
import tempfile
import time


class Asked:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        print("asked")
        return self.path


class Static:
    __fspath__ = staticmethod(lambda: ".")


class OfClass:
    @classmethod
    def __fspath__(cls):
        return "."


class Text(str):
    pass


class Instance:
    pass


with tempfile.TemporaryDirectory() as folder:
    for name in ("a", "größe", "日本", "n" * 40):
        open(os.path.join(folder, name), "w").close()
    bad = os.path.join(os.fsencode(folder), b"\xff\xfe")
    open(bad, "wb").close()
    print(sorted(os.listdir(folder), key=ascii) == sorted(map(os.fsdecode, os.listdir(os.fsencode(folder))), key=ascii))
    print([ascii(name) for name in sorted(os.listdir(folder))])
    print(sorted(os.listdir(os.fsencode(folder))))
    asked = Asked(folder)
    print(len(os.listdir(asked)), os.path.isdir(asked), os.stat(asked).st_mode == os.stat(folder).st_mode)
    with os.scandir(asked) as entries:
        print(sorted(ascii(os.path.relpath(entry.path, folder)) for entry in entries))
    print(sorted(entry.name for entry in os.scandir(os.fsencode(folder)))[:2])
    with os.scandir(pathlib.Path(folder)) as entries:
        print(sorted(type(entry.path).__name__ for entry in entries))
    print([ascii(p.name) for p in sorted(pathlib.Path(folder).glob("*"))], pathlib.Path(folder, "a").stat().st_size)
    for path in (Text(folder), Static(), OfClass(), bytearray(b"."), memoryview(b".")):
        try:
            print(os.path.isdir(path) or os.stat(path).st_nlink > 0)
        except TypeError as error:
            print(error)
    for path in (folder + "/none", os.fsencode(folder) + b"/none", pathlib.Path(folder, "größe", "x"), folder + "/\udcff"):
        try:
            os.stat(path)
        except OSError as error:
            print(type(error).__name__, ascii(error.filename).replace(folder, "F"))
    os.symlink("größe", os.path.join(folder, "link"))
    print(os.readlink(os.path.join(folder, "link")), os.readlink(os.fsencode(os.path.join(folder, "link"))))

instance = Instance()
instance.__fspath__ = lambda: "."
for path in ("a\0b", b"a\0b", "ä\0b", Asked(1), 1.5, None, [], instance, Asked("a\0")):
    for call in (os.stat, os.listdir, os.mkdir):
        if path is None and call is os.listdir:
            continue
        try:
            call(path)
        except (TypeError, ValueError) as error:
            print(call.__name__, error)
print(gc.is_tracked(os.stat(".")), gc.is_tracked(time.struct_time(range(9))), gc.is_tracked(time.gmtime()))
