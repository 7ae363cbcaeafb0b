# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is added at one end and taken at the other, in all sizes, is what a list of its parts says; sizes shown are CPython's.
import random
import sys

random.seed(5)
source = bytes(range(256)) * 40


def queue(steps, most, seen):
    b, model, total = bytearray(), b"", 0
    for step in range(steps):
        act = random.randrange(8)
        n = random.randrange(most)
        at = random.randrange(len(source) - most)
        piece = source[at : at + n]
        if act < 3:
            b.extend(piece)
            model += piece
        elif act < 6:
            taken, rest = bytes(memoryview(b)[:n]), model[n:]
            assert taken == model[:n]
            del b[:n]
            model = rest
        elif act == 6:
            if random.randrange(2):
                b[: n // 2] = piece
                model = piece + model[n // 2 :]
            else:
                del b[-n:]
                model = model[: max(len(model) - n, 0)] if n else b""
        else:
            if random.randrange(20) == 0:
                b.clear()
                model = b""
            b += piece[:3]
            b.insert(0, 7)
            b.append(9)
            model = b"\x07" + model + piece[:3] + b"\x09"
        assert b == model and len(b) == len(model), step
        total = (total * 31 + b.__alloc__() + sys.getsizeof(b)) % 1000003
        seen.append(total)
    return total


for most in (2, 5, 20, 100, 600, 3000):
    print(most, queue(600, most, []))

# A long queue, which stays long, grows and is drained.
b = bytearray()
sent = taken = 0
for round in range(400):
    b.extend(source[:7936])
    sent += 7936
    n = 3000 if round < 200 else 13000
    part = bytes(memoryview(b)[:n])
    want = (source[taken % 256 : taken % 256 + 256] * (n // 256 + 1))[: len(part)]
    assert part == want, round
    del b[:n]
    taken += len(part)
    if round % 40 == 0:
        print(len(b), b.__alloc__(), sent - taken == len(b))
view = memoryview(b)
for change in (lambda: b.extend(b"x"), lambda: b.__delitem__(slice(0, 1)), b.clear):
    try:
        change()
        print("no change" if not b else "changed")
    except BufferError as error:
        print(error)
view.release()
