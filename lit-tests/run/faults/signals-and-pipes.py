# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Signals at 1 ms during loops of every kind, and pipes that close under a writer.
import os, signal, sys

count = 0


def handler(number, frame):
    global count, raising
    count += 1
    if raising and count % 3 == 0:
        raising = False
        raise KeyError(count)


def loops(n):
    s, d, text, items = 0, {}, "", []
    for i in range(n):
        s += i * i % 7
        d[i % 50] = d.get(i % 50, 0) + 1
        text = (text + "x")[-20:]
        items.append(i)
        if len(items) > 100:
            items.sort(key=lambda v: -v)
            items = items[:10]
    while s > 10:
        s //= 2
    return s, len(d), len(text), sum(x * 0.5 for x in range(1000))


signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
raising = False
expected = loops(100)
ends = []
while count < 40:
    ends.append(loops(100) == expected)
caught = 0
while caught < 10:
    try:
        raising = True
        while raising: # a handler that waits until the block is left would end the program
            loops(200)
    except KeyError as e:
        caught += 1
        assert e.args[0] % 3 == 0
signal.setitimer(signal.ITIMER_REAL, 0)
raising = False
print(all(ends), caught, expected)

read, write = os.pipe()
os.close(read)
for f in (lambda: os.write(write, b"x"), lambda: open(write, "w", closefd=False).write("x" * 100000), lambda: print("x" * 100000, file=open(write, "w", closefd=False), flush=True)):
    try:
        f()
    except OSError as e:
        print(type(e).__name__, e.errno)
stream = open(write, "w")
stream.write("kept")
for _ in range(2):
    try:
        stream.close()
    except OSError as e:
        print(type(e).__name__, stream.closed)
print(stream.closed)
