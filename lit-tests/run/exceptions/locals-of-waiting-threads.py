# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What sys._current_frames() finds in a thread that waits shows its variables: parameters, what inner functions use, numbers and
# objects; those die with their last holder.
import sys
import threading


class Loud:
    def __del__(self):
        print("died")


def waits(ready, go, used):
    def inner(number):
        text, loud, both = "a", Loud(), [number, used]
        ready.set()
        go.wait()
        return text, both

    outer = 13
    inner(60)
    return outer


def shown(frame):
    return frame.f_code.co_name, {k: v for k, v in sorted(frame.f_locals.items()) if isinstance(v, (int, str, list))}, sorted(frame.f_locals)


def look():
    ready, go = threading.Event(), threading.Event()
    thread = threading.Thread(target=waits, args=(ready, go, "used"))
    thread.start()
    ready.wait()
    frame = sys._current_frames()[thread.ident]
    while frame.f_code.co_name != "inner":
        frame = frame.f_back
    print(shown(frame))
    print(shown(frame.f_back))
    back = frame.f_back
    frame.f_locals
    del frame
    print("waits")
    go.set()
    thread.join()
    print("ended")
    return back


look()
