# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# A number in an attribute that is not there when the loop asks for it.
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Default(Point):
    y = 1000


def total(points, rounds):
    s = 0
    for _ in range(rounds):
        for p in points:
            s += p.x * p.y
    return s


for kind in Point, Slotted, Default:
    for x, y in (2, 3), (2.5, 0.25):
        points = [kind(x, y) for _ in range(4)]
        print(kind.__name__, total(points, 10))
        points[2].y = None
        try:
            print(total(points, 2))
        except TypeError as e:
            print(e)
        del points[2].y
        try:
            print(total(points, 2))
        except AttributeError as e:
            print(e, e.__traceback__.tb_next.tb_lineno)
        points[2].y = "a"
        try:
            print(total(points, 2))
        except TypeError as e:
            print(e)
        points[2].y = 10**30
        print(total(points, 2))


class Ball:
    weight = 2.0
    steps = 7

    def __init__(self, weight=None):
        self.v = 1.5
        self.y = 0.0
        self.n = 1
        if weight:
            self.weight = weight


def cut(ball, name, i, at):
    if i == at:
        delattr(ball, name)


def fall(ball, rounds, name, at):
    done = 0
    try:
        for i in range(rounds):
            ball.v = ball.v * 0.5 + 0.25
            ball.y += ball.v * ball.weight
            ball.n = ball.n + 3
            cut(ball, name, i, at)
            done += 1
    except AttributeError as e:
        print(done, e, e.__traceback__.tb_lineno - fall.__code__.co_firstlineno)
    return done, [(k, v) for k, v in sorted(vars(ball).items()) if k != name]


for name in "v", "y", "n":
    for at in 0, 5, 30:
        print(fall(Ball(), 20, name, at))
print(fall(Ball(3.0), 20, "weight", 7), fall(Ball(), 20, "weight", 20))


class Counter:
    count: int = 0
    total: float = 0.5

    def bump(self, k):
        self.count += k
        self.total += k
        return self


def bumps(n, k):
    t = Counter()
    for i in range(n):
        t = t.bump(k)
    return t.count, t.total


print(bumps(50, 1), bumps(50, 0.5), bumps(50, 2**61))
