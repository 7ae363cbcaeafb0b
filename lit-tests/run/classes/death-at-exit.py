# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# At the end the globals of a module are still there while what is garbage is finalized; what others hold is emptied later.
import signal
import sys
import sys as held_by_nobody
import threading, weakref
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n, NAME, len(REG))
REG = {}
a = A(1)
b = A(2)
c = [A(3)]
d = A(4); d.me = d
NAME = "x"
class Atexit:
    def __del__(self):
        print("thread_dict.atexit = %r" % thread_dict.atexit)
thread_dict = threading.local()
thread_dict.atexit = "value"
atexit = Atexit()
w = weakref.finalize(a, print, "fin")
_under = A(5)


def handler(signum, frame):
    pass


signal.signal(signal.SIGTERM, handler)
out = sys.stdout


class Late:
    def __del__(self):
        print("late", sys is not None, type(sys.stdout).__name__, file=out)


sys.stdout = Late()
sys.stdout, keep = out, sys.stdout
