"""What a ray tracer does with vectors: small objects made by operators, methods that call methods."""
import math
import sys


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def scaled(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def normalised(self):
        return self.scaled(1.0 / math.sqrt(self.dot(self)))

    def reflected(self, normal):
        return self - normal.scaled(2.0 * self.dot(normal))


class Sphere:
    def __init__(self, centre, radius):
        self.centre = centre
        self.radius = radius

    def hit(self, origin, direction):
        """The distance to the sphere, or -1.0."""
        to = self.centre - origin
        along = to.dot(direction)
        square = self.radius * self.radius - to.dot(to) + along * along
        if square < 0.0:
            return -1.0
        return along - math.sqrt(square)


def trace(spheres, origin, direction, depth):
    best = None
    least = 1e30
    for sphere in spheres:
        distance = sphere.hit(origin, direction)
        if 1e-6 < distance < least:
            least = distance
            best = sphere
    if best is None:
        return 0.5 * (direction.y + 1.0)
    where = origin + direction.scaled(least)
    normal = (where - best.centre).normalised()
    light = max(normal.dot(LIGHT), 0.0)
    if depth == 0:
        return light
    return 0.7 * light + 0.3 * trace(spheres, where, direction.reflected(normal), depth - 1)


LIGHT = Vector(1.0, 2.0, -1.5).normalised()


def picture(size):
    spheres = [Sphere(Vector(i - 2.0, math.sin(i), 4.0 + i % 2), 0.9) for i in range(5)]
    origin = Vector(0.0, 0.0, -1.0)
    total = 0.0
    for y in range(size):
        for x in range(size):
            direction = Vector(x / size - 0.5, y / size - 0.5, 1.0).normalised()
            total += trace(spheres, origin, direction, 3)
    return total


print(f"{picture(int(sys.argv[1])):.9f}")
