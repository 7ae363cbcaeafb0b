# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Loops that count without a call look for signals and threads once for many rounds: they are interrupted all the same, whichever way they count, others get
# their turn, and all rounds are done that there are.
import signal
import threading
import time


class Stop(Exception):
    pass


def handler(number, frame):
    raise Stop(frame.f_lineno, frame.f_code.co_name)


def add(row, top, n):
    total = 0.0
    for k in range(n):
        total += row[0] * top[1] + k
    return total


def down(row, n):
    total = 0.0
    for k in range(n, 0, -3):
        total += row[2] * k + row[1]
    return total


def by(row, n, step):
    total = 0.0
    for k in range(5, n, step):
        total += row[2] * k + row[1]
    return total


def last(row, n):
    total = 0.0
    k = None
    for k in range(n):
        total += row[2] * k + row[1]
    return total, k


def fill(row, n):
    for k in range(n):
        row[k] = row[k] * 0.5 + row[0]
    return sum(row), k


signal.signal(signal.SIGALRM, handler)
for f, args in ((add, ([1.0] * 4, [2.0] * 4, 10**11)), (down, ([1.0] * 4, 10**11)), (by, ([1.0] * 4, 10**11, 7))):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        f(*args)
        print("not stopped")
    except Stop as stop:
        print("stopped", stop.args[1], f.__code__.co_firstlineno < stop.args[0])

for n in (0, 1, 2, 3, 1022, 1023, 1024, 1025, 1026, 2047, 2048, 2049, 3072, 3073, 5000):
    row = [1.0, 2.0, 3.0, 4.0]
    print(n, add(row, row, n), down(row, n), by(row, n, 1), by(row, n, 1024), last(row, n), fill([1.0] * (n + 1), n + 1))
try:
    fill([1.0] * 2000, 2001)
except IndexError as error:
    print(error)

done = []


def other():
    for _ in range(5):
        time.sleep(0.001)
    done.append(True)


thread = threading.Thread(target=other)
thread.start()
while not done:
    add([1.0] * 4, [2.0] * 4, 100_000)
thread.join()
print(done)
