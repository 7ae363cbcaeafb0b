import sys


class Vec:
    def __init__(self, x):
        self.x = x

    def scaled(self, by):
        return self.x * by


def total(items, by):
    s = 0
    for item in items:
        s += item.scaled(by)
    return s


def unused(n):
    for i in range(n):
        n += i
    return n


def main(by):
    print(total([Vec(n) for n in range(40)], by))


main(float(sys.argv[1]) if len(sys.argv) > 1 else 2)
if len(sys.argv) > 2:
    if sys.argv[2] == "raise":
        raise ValueError("end")
    sys.exit(7)
