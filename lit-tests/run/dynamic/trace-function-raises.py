# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A trace function that raises ends its function, which has an entry in the traceback for the event, too.
import sys
import traceback


def double(x):
    y = x + x
    return y


for which in "call", "line", "return":
    def trace(frame, event, arg):
        if event == which:
            raise ValueError(event)
        return trace

    sys.settrace(trace)
    try:
        double(1)
    except ValueError as e:
        entries = traceback.extract_tb(e.__traceback__)
    finally:
        sys.settrace(None)
    print(which, [(entry.name, entry.lineno) for entry in entries])
