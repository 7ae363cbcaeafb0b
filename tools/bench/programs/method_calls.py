"""Method calls of every kind: plain, inherited, overridden with super, static, class, property, bound."""
import sys


class Shape:
    made = 0

    def __init__(self, size):
        self.size = size
        self.moves = 0

    def area(self):
        return self.size

    def move(self, n):
        self.moves += n
        return self

    @property
    def half(self):
        return self.size // 2

    @staticmethod
    def double(n):
        return n * 2

    @classmethod
    def named(cls, n):
        return len(cls.__name__) + n


class Square(Shape):
    def area(self):
        return self.size * super().area()


class Cube(Square):
    def area(self):
        return self.size * super().area()


def run(n):
    shapes = [Shape(2), Square(3), Cube(4)]
    total = 0
    for i in range(n):
        for s in shapes:
            total += s.area() + s.half + s.double(i) + s.named(1)
            s.move(1).move(2)
    bound = shapes[2].move
    for i in range(n):
        bound(i)
    return total, [s.moves for s in shapes]


print(*run(int(sys.argv[1])))
