# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The line below a warning, where the warnings module is not there to show it: its blanks at the end stay.
import io
import sys
import _warnings

sys.modules.pop("warnings", None)


def warns():
	 _warnings.warn("one", UserWarning) 	 
	 _warnings.warn("two", UserWarning)  # a form feed:  here
	 _warnings.warn("three", UserWarning)


there, sys.stderr = sys.stderr, io.StringIO()
warns()
exec("_warnings.warn('four')")
text, sys.stderr = sys.stderr.getvalue(), there
for line in text.splitlines(True):
    print(ascii(line.replace(__file__, "FILE")))
