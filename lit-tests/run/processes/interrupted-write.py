# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# A write that a signal cuts short ends with what the handler raises.
import io
import os
import signal


def divide(signum, frame):
    1 / 0


reading, writing = os.pipe()
signal.signal(signal.SIGALRM, divide)
signal.setitimer(signal.ITIMER_REAL, 0.2)
stream = io.open(writing, "wb", buffering=0)
try:
    stream.write(b"x" * (1 << 20))
    print("not interrupted")
except ZeroDivisionError as e:
    print(e)
