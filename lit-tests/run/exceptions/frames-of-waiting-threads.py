# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A frame object tells of its frame while that waits in another thread, and after it ended.
import sys
import threading


def shown(frame):
    return frame.f_lineno - frame.f_code.co_firstlineno, sorted(frame.f_locals), frame.f_back is None or frame.f_back.f_code.co_name


class Waiting(threading.Thread):
    def __init__(self):
        super().__init__()
        self.here, self.go = threading.Semaphore(0), threading.Semaphore(0)

    def run(self):
        self.frame = sys._getframe()
        first = 1
        self.here.release(); self.go.acquire()
        second = 2
        self.inner(first)
        third = 3
        self.here.release(); self.go.acquire()

    def inner(self, argument):
        self.inner_frame = sys._getframe()
        self.here.release(); self.go.acquire()


thread = Waiting()
thread.start()
thread.here.acquire()
print(shown(thread.frame))
thread.go.release()
thread.here.acquire()
print(shown(thread.frame), shown(thread.inner_frame), thread.inner_frame.f_back is thread.frame)
thread.go.release()
thread.here.acquire()
print(shown(thread.frame), shown(thread.inner_frame)[:2])
thread.go.release()
thread.join()
print(shown(thread.frame)[:2], shown(thread.inner_frame)[:2])
