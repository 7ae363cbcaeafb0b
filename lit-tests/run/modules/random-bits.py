# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# getrandbits() of every width, in one word and in several, beyond the end of a state, and of what is no plain small int.
import random

rng = random.Random(2024)
print([rng.getrandbits(k) for k in range(70)])
print(hash(tuple(rng.getrandbits(1 + i % 40) for i in range(2000))), rng.getstate()[1][-1])
print(sum(rng.getstate()[1]), rng.random(), rng.getrandbits(31), rng.getrandbits(32), rng.getrandbits(33))


class Width:
    def __index__(self):
        return 12


print(rng.getrandbits(True), rng.getrandbits(False), rng.getrandbits(Width()))
for k in -1, -(1 << 40), 1 << 40, 1 << 80, 1.5, "3", None:
    try:
        print(rng.getrandbits(k))
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
state = rng.getstate()
first = [rng.getrandbits(9) for _ in range(5)]
rng.setstate(state)
print(first == [rng.getrandbits(9) for _ in range(5)], [rng.randrange(100) for _ in range(8)], rng.choice("abcdef"))
