# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Profile functions hear of the builtins that Python code calls, not of those that a
# builtin function or the beginning of `with` calls.
import io
import sys
import threading

events = []


def listen(frame, event, argument):
    events.append((event, frame.f_code.co_name, getattr(argument, "__name__", None) if event.startswith("c_") else None))


class Manager:
    __enter__ = [].copy

    def __exit__(self, *error):
        len(error)


def half(n):
    return divmod(n, 2)


def work():
    sorted([3, 1, 2], key=abs)
    sum(map(len, ["a", "b"]))
    max([-1, 2], key=half)
    with threading.Lock():
        abs(1)
    with io.StringIO("text") as text, Manager():
        text.read()
    [].copy()
    try:
        any(map(ord, ["ab"]))
    except TypeError:
        ord("a")


sys.setprofile(listen)
work()
sys.setprofile(None)
print(*events, sep="\n")
