# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 --verify-each %s 2>&1 | diff %s.out -
# RUN: krait-interp %s 2>&1 | diff %s.out -
# User and group ids out of range are refused in CPython's words, also by what starts processes; native modules that are to go
# warn when they are imported.
import grp
import importlib
import pwd
import subprocess
import sys
import syslog
import warnings
import xml.etree.ElementTree as ElementTree


def tried(function, *args, **names):
    try:
        result = function(*args, **names)
        print(function.__name__, args, names, result[0] if isinstance(result, tuple) else result)
    except Exception as e:
        print(function.__name__, args, names, type(e).__name__, e)


for function in pwd.getpwuid, grp.getgrgid:
    for given in 0, False, "x", 1.5, None, -1, -2, 2**32 - 1, 2**32, 2**40, 2**70, -(2**70):
        tried(function, given)

for names in ({"user": 2**64}, {"user": 2**40}, {"group": 2**64}, {"group": 1.5}, {"extra_groups": [2**40]}, {"extra_groups": ["x_zz"]},
              {"umask": 2**40}, {"umask": "x"}, {"process_group": 2**70}):
    tried(subprocess.call, ["true"], **names)

for args in (), ("a", "b"), (1, 2), (1, "x", "y"), (2**70, "x"), (None,), (b"x",):
    tried(syslog.syslog, *args)
tried(ElementTree.SubElement, None, "tag")

warnings.simplefilter("error")
for name in "audioop", "spwd":
    tried(importlib.import_module, name)
    print(name in sys.modules)
warnings.simplefilter("always")
warnings.showwarning = lambda message, category, filename, line, *rest: print(category.__name__, message)
for name in "audioop", "spwd":
    importlib.import_module(name)
