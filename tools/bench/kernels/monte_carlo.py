"""Pi by random points: a generator of numbers as an object with a list of ints."""
import sys


class Random:
    """A lagged Fibonacci sequence of 31 bits: x[n] = x[n-5] - x[n-17]."""

    def __init__(self, seed):
        self.bits = (1 << 31) - 1
        self.state = []
        for _ in range(17):
            seed = (seed * 16807) % self.bits
            self.state.append(seed)
        self.i = 4
        self.j = 16
        self.scale = 1.0 / self.bits

    def next(self):
        state = self.state
        k = state[self.i] - state[self.j]
        if k < 0:
            k += self.bits
        state[self.j] = k
        self.i = 16 if self.i == 0 else self.i - 1
        self.j = 16 if self.j == 0 else self.j - 1
        return k * self.scale


def integrate(samples):
    random = Random(113)
    inside = 0
    for _ in range(samples):
        x = random.next()
        y = random.next()
        if x * x + y * y <= 1.0:
            inside += 1
    return 4.0 * inside / samples


print(f"{integrate(int(sys.argv[1])):.9f}")
