# RUN: krait run --verify-each %s | diff %s.out -
# A method of an instance that is not made gives another kind of number than before: the call beside is left behind it, and the
# class that was kept while other code could run is let go.
class Step:
    def __init__(self, a, b=1):
        pass

    def size(self, x=1, k=2):
        return x + (2 % 7 - 1)


class Source:
    def __init__(self, step):
        self.now = step

    @property
    def step(self):
        return self.now


def total(n, o):
    for i in range(0, n, 2):
        if [i][0] > n:
            pass
        else:
            if i == 0:
                s = 0
            s += Step(o.step).size()
    return s


print(total(10, Source(3)))
plain = Step.size
Step.size = lambda self, x=1, k=2: 0.5
print(total(10, Source(3)))
Step.size = lambda self, x=1, k=2: 2**70
print(total(10, Source(3)))
Step.size = lambda self, x=1, k=2: "text"
try:
    total(10, Source(3))
except TypeError as e:
    print(e)
Step.size = plain
print(total(10, Source(3)))
