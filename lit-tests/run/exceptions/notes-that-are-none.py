# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What sys.excepthook shows of __notes__ that is no sequence of strings.
import sys

sys.stderr = sys.stdout


class Silent:
    def __repr__(self):
        raise ValueError


for notes in 5, Silent(), "ab", ["a\nb", 3, Silent()], (), None:
    e = ValueError("text")
    e.__notes__ = notes
    sys.__excepthook__(ValueError, e, None)
    print("|")
    sys.__excepthook__(ExceptionGroup, ExceptionGroup("group", [e, TypeError(1)]), None)
