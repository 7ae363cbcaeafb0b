"""Shapes from a description in JSON: what they are, and which numbers they have, stands in the text that is read."""
import json
import sys


class Shape:
    def __init__(self, row):
        self.points = row["points"]
        self.weight = row["weight"]

    def moment(self):
        return 0.0


def length(points):
    total = 0
    before = None
    for x, y in points:
        if before is not None:
            dx = x - before[0]
            dy = y - before[1]
            total += (dx * dx + dy * dy) ** 0.5
        before = (x, y)
    return total


def area(points):
    total = 0
    for n in range(len(points)):
        x, y = points[n - 1]
        u, v = points[n]
        total += x * v - y * u
    return total / 2


class Line(Shape):
    def moment(self):
        return length(self.points) * self.weight


class Polygon(Shape):
    def moment(self):
        return area(self.points) * self.weight


class Ring(Polygon):
    def moment(self):
        return area(self.points) * self.weight - self.weight


class Cloud(Shape):
    def moment(self):
        return len(self.points) * self.weight


class Path(Line):
    def moment(self):
        return length(self.points) * self.weight * 2


class Mesh(Shape):
    def moment(self):
        return 0.0


class Marker(Shape):
    def moment(self):
        return self.weight


KINDS = {cls.__name__: cls for cls in (Line, Polygon, Ring, Cloud, Path, Mesh, Marker)}


def describe(count):
    rows = []
    for n in range(count):
        points = [[(n * k) % 17 * 0.25 + 0.5, (n + k) % 13 * 0.5 + 0.25] for k in range(12)]
        rows.append({"kind": ("Line", "Polygon", "Marker")[n % 3], "points": points, "weight": n % 5 + 0.5})
    return json.dumps(rows)


def moments(shapes, rounds):
    total = 0
    for _ in range(rounds):
        for shape in shapes:
            total += shape.moment()
    return total


def dots(table, factors):
    sums = []
    for row in table:
        s = 0
        for value, factor in zip(row, factors):
            s += value * factor
        sums.append(s)
    return sums


def main(rounds):
    shapes = [KINDS[row["kind"]](row) for row in json.loads(describe(60))]
    print(f"{moments(shapes, rounds):.6f}")
    table = json.loads(json.dumps([[i * j + 0.5 for j in range(20)] for i in range(20)]))
    for _ in range(rounds):
        sums = dots(table, [float(n) for n in range(20)])
    print(f"{sum(sums):.3f}")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
