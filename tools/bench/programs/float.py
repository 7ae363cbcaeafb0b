"""Many small points, normalised and compared: float attributes, creation of objects."""
import math
import sys


class Point:
    __slots__ = ("x", "y", "z")

    def __init__(self, i):
        self.x = x = math.sin(i)
        self.y = math.cos(i) * 3
        self.z = (x * x) / 2

    def normalise(self):
        norm = math.sqrt(self.x ** 2 + self.y ** 2 + self.z ** 2)
        self.x /= norm
        self.y /= norm
        self.z /= norm

    def maximise(self, other):
        self.x = self.x if self.x > other.x else other.x
        self.y = self.y if self.y > other.y else other.y
        self.z = self.z if self.z > other.z else other.z
        return self


def largest(n):
    points = [Point(i) for i in range(n)]
    for p in points:
        p.normalise()
    most = points[0]
    for p in points[1:]:
        most = most.maximise(p)
    return most


p = largest(int(sys.argv[1]))
print(f"{p.x:.12f} {p.y:.12f} {p.z:.12f}")
