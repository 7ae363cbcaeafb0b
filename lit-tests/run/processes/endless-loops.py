# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops that write nothing to memory notice signals, and let other threads run.
import signal
import sys
import threading


class Alarm(Exception):
    pass


def alarm(number, frame):
    raise Alarm(frame.f_code.co_name)


def empty():
    while True:
        pass


def of_a_number():
    x = 1.5
    while x > 0.0:
        x = x * 1.0


def of_a_bool():
    on = True
    while True:
        on = not on


def waits_for(flags):
    flags.append(1)
    while True:
        if len(flags) > 1:
            break


signal.signal(signal.SIGALRM, alarm)
for loop in empty, of_a_number, of_a_bool:
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        loop()
    except Alarm as e:
        print("interrupted", e)

flags = []
other = threading.Timer(0.1, flags.append, (2,))
other.start()
waits_for(flags)
other.join()
print(flags)


def finish(number, frame):
    print("finished in", frame.f_code.co_name)
    sys.exit()


signal.signal(signal.SIGALRM, finish)
signal.setitimer(signal.ITIMER_REAL, 0.1)
while True:
    pass
