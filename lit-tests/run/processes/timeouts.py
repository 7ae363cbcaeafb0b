# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Whatever waits takes the same timeouts and refuses the same ones in the same words.
import faulthandler
import fractions
import queue
import select
import signal
import socket
import threading
import time

lock, mine = threading.Lock(), threading.RLock()
lock.acquire()
calls = {
    "select": lambda t: select.select([], [], [], t),
    "poll": select.poll().poll,
    "epoll": select.epoll().poll,
    "sleep": time.sleep,
    "settimeout": socket.socket().settimeout,
    "Lock": lambda t: lock.acquire(True, t),
    "RLock": lambda t: mine.acquire(timeout=t),
    "queue": lambda t: queue.SimpleQueue().get(True, t),
    "sigtimedwait": lambda t: signal.sigtimedwait([signal.SIGUSR1], t),
    "later": faulthandler.dump_traceback_later,
}
for timeout in (1 << 64, 1 << 2000, 1e300, -1e300, 1e10, float("nan"), "x", fractions.Fraction(1, 3), -2, True, 0.001, 1 << 40):
    for name, call in calls.items():
        ends = timeout is True or timeout == 0.001
        if (timeout in (-2, -1e300) and name in ("poll", "epoll")) or (name == "later" and ends):
            continue  # for ever
        if timeout == 1 << 40 and name not in ("poll", "epoll"):
            continue
        try:
            print(name, timeout if timeout != 1 << 2000 else "huge", call(timeout))
        except Exception as e:
            print(name, timeout if timeout != 1 << 2000 else "huge", type(e).__name__, e)
