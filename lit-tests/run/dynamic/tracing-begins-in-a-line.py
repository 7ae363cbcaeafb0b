# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Where a trace function is set in the middle of a line, what is left of the line is no event; a function's first line always is one.
import sys


def trace(frame, event, argument):
    print(frame.f_code.co_name, event, frame.f_lineno)
    return trace


def trace_slowly(frame, event, argument):
    frame.f_trace = trace
    print(frame.f_code.co_name, event, frame.f_lineno)
    return trace


def short(): return 1


def start(function=trace):
    sys.settrace(function); sys._getframe(1).f_trace = function


def stop():
    sys.settrace(None)


start(); short(); x = 1
y = 2
stop()


def middle():
    start(); short(); z = 1
    return z


middle()
stop()
for i in range(2): start(); short()
stop()


def again():
    for i in range(2): start(); short(); stop(); sys._getframe().f_trace = None
    start(trace_slowly); short()
    stop()


again()


def own():
    sys.settrace(trace); sys._getframe().f_trace = trace; a = 1
    b = 2; c = 3; sys.settrace(None)


own()


def outer():
    inner(); d = 1
    e = 2
    stop()


def inner():
    sys._getframe(1).f_trace = trace; sys.settrace(trace)
    f = 3


outer()


def numbers():
    yield 1; yield 2
    yield 3


n = numbers()
next(n); start(); next(n); next(n)
stop()


def one(): yield 1; yield 2


async def two(): return 1


def three(): yield 1; yield 2


m = three()
start(); list(one())
try: two().send(None)
except StopIteration: pass
next(m)
stop()
