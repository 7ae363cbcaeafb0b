# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# CPython carries some modules of the library frozen: their code is of a file "<frozen NAME>", and tracebacks show no text.
# What else stands on the way through importlib is none of the program's business.
import codecs
import importlib
import os
import posixpath
import runpy
import sys
import tempfile
import traceback


def show(f, *args):
    try:
        f(*args)
    except Exception as e:
        print("---", type(e).__name__)
        for entry in traceback.extract_tb(e.__traceback__)[1:]:
            print(entry.filename.rsplit("/", 1)[-1], entry.lineno, entry.name, entry.line)


show(os.environ.__getitem__, "no such variable")
show(os.makedirs, "/proc/no/such")
show(posixpath.join, 1)
show(codecs.getincrementaldecoder, "no such codec")
show(runpy.run_module, "no_such_module")
show(importlib.import_module, "json.no_such_module")
with tempfile.TemporaryDirectory() as folder:
    for name, text in ("fails_early", "import sys\n1 / 0\n"), ("no_syntax", "def f(:\n"):
        with open(f"{folder}/{name}.py", "w") as f:
            f.write(text)
    sys.path.append(folder)
    show(importlib.import_module, "fails_early")
    show(importlib.import_module, "no_syntax")
    show(runpy.run_path, f"{folder}/fails_early.py")
print(os.makedirs.__code__.co_filename, os.__file__, runpy.run_path.__code__.co_filename)
