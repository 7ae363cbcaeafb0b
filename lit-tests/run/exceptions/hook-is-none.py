# RUN: not krait run -O2 %s | diff %s.out -
# RUN: not krait-interp -O2 %s | diff %s.out -
# A hook that is None is called, which fails; only one that is gone is missing.
import sys


class Lines:
    def write(self, text):
        sys.__stdout__.write("".join(line for line in text.splitlines(True) if "line" not in line))

    def flush(self): pass


sys.stderr = Lines()
sys.excepthook = None
raise ValueError("uncaught")
