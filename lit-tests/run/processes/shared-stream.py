# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Threads take turns at a stream: one that does nothing but print does not shut the others out, nor does it hold up the end.
import os
import threading

read, write = os.pipe()
stream = open(write, "w")
seen = {}


def drain():
    while part := os.read(read, 1 << 16):
        for letter in part.decode():
            seen[letter] = seen.get(letter, 0) + 1


def talk(letter):
    while True:
        stream.write(letter)
        stream.flush()


for work in (drain,), (talk, "a"), (talk, "b"):
    threading.Thread(target=work[0], args=work[1:], daemon=True).start()
while len(seen) < 2:
    pass
for _ in range(300):
    stream.write("!")
    stream.flush()
while seen.get("!", 0) < 300:
    pass
print(seen["!"])
