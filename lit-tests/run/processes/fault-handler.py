# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# Stacks of threads: by hand, at a fatal signal, at a user's signal, after a timeout; sys._current_frames.
import faulthandler
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time


def shown(action):
    with tempfile.TemporaryFile("w+") as file:
        action(file)
        file.seek(0)
        print(re.sub(r"0x[0-9a-f]{16}", "0x…", file.read()).replace(__file__, "FILE"))


def inner(file):
    faulthandler.dump_traceback(file, all_threads=False)


shown(lambda file: inner(file))
for code in ("faulthandler._sigsegv()", "faulthandler._sigabrt()", "faulthandler._stack_overflow()", "faulthandler._read_null()"):
    program = f"import faulthandler\ndef f(): g()\ndef g(): {code}\nf()"
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", program], capture_output=True, text=True)
    print(done.returncode, re.sub(r"0x[0-9a-f]{16}", "0x…", done.stderr))


def waiter(event):
    event.wait()


def spin(seconds, start=lambda: None):
    start()  # here, so that the time does not pass on the way
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


event = threading.Event()
thread = threading.Thread(target=waiter, args=(event,))
thread.start()
time.sleep(0.1)
frame = sys._current_frames()[thread.ident]
names = []
while frame:
    names.append(frame.f_code.co_name)
    frame = frame.f_back
print(names, threading.get_ident() in sys._current_frames())


def by_signal(file):
    faulthandler.register(signal.SIGUSR1, file, all_threads=False)
    os.kill(os.getpid(), signal.SIGUSR1)
    print(faulthandler.unregister(signal.SIGUSR1), faulthandler.unregister(signal.SIGUSR1))


def by_timeout(file):
    for _ in range(10):  # a busy machine may be found anywhere
        with tempfile.TemporaryFile() as attempt:
            spin(0.6, lambda: faulthandler.dump_traceback_later(0.2, file=attempt))
            attempt.seek(0)
            text = attempt.read()
        if b" in spin" in text:
            break
    os.write(file.fileno(), text)


def cancelled(file):
    faulthandler.dump_traceback_later(0.1, file=file)
    faulthandler.cancel_dump_traceback_later()
    spin(0.2)


shown(by_signal)
shown(by_timeout)
shown(cancelled)
event.set()
thread.join()
print(faulthandler.is_enabled(), faulthandler.enable(sys.__stderr__), faulthandler.is_enabled(), faulthandler.disable(), faulthandler.disable())
for bad in (lambda: faulthandler.register(11), lambda: faulthandler.register(99), lambda: faulthandler.enable(-3),
            lambda: faulthandler.dump_traceback_later(0), lambda: faulthandler.dump_traceback(object())):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
# UNSUPPORTED: sanitized
