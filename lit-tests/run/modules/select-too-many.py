# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# select() takes as many descriptors as its sets have room for, whichever they are.
import os
import select

read, write = os.pipe()
for count in (1023, 1024, 1025):
    for lists in ([[write], [], []], [[], [write], []], [[], [], [write]]):
        lists = [one * count for one in lists]
        try:
            print([len(ready) for ready in select.select(*lists, 0)])
        except ValueError as e:
            print(count, e)
