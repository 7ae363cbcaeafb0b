# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Where a handler finds a loop that makes no calls: at the last line of its body.
import signal
import traceback


class Alarm(Exception):
    pass


def handler(number, frame):
    print('handler', frame.f_lineno - frame.f_code.co_firstlineno)
    raise Alarm


def passing():
    for i in range(10**15):
        pass


def counting():
    n = 0
    for i in range(10**15):
        n = i

        n = 0


def nested():
    for i in range(10**15):
        for j in range(10**15):
            j
            i = j


def tried():
    for i in range(10**15):
        try:
            n = i
        finally:
            n = 0


def endless():
    while True:
        pass


signal.signal(signal.SIGALRM, handler)
for loop in passing, counting, nested, tried, endless:
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        loop()
    except Alarm as e:
        print(loop.__name__, [entry.lineno - loop.__code__.co_firstlineno for entry in traceback.extract_tb(e.__traceback__)][1:-1])
