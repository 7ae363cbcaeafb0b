# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a trace function sees of texts that are executed, and of those that dataclasses makes: they begin at line 0.
import sys
from dataclasses import dataclass


def tracer(frame, event, arg):
    if frame.f_code.co_filename == "<string>":
        print(event, frame.f_code.co_name, frame.f_lineno, [n for n in sorted(frame.f_locals) if n in ("self", "x", "y")])
    return tracer


sys.settrace(tracer)
exec("x = 1\nprint(x)")


@dataclass
class Point:
    x: int
    y: int = 2


Point(1) == Point(2)
sys.settrace(None)
