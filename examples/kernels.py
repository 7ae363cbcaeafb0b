"""Numerical kernels: the planets' orbits, and dense matrices.

./bootstrap run examples/kernels.py examples/data/planets.txt [STEPS]

The planets come from a file: name, position, velocity, mass. Printed are the
conserved quantities before and after, and what the matrix part makes of them.
"""
import math
import sys

DAYS = 365.24
SUN = 4 * math.pi * math.pi


class Vector:
    """A point in space; immutable."""

    __slots__ = ("x", "y", "z")

    def __init__(self, x: float, y: float, z: float):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor: float):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    __rmul__ = __mul__

    def __neg__(self):
        return Vector(-self.x, -self.y, -self.z)

    def __matmul__(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other):
        return Vector(self.y * other.z - self.z * other.y,
                      self.z * other.x - self.x * other.z,
                      self.x * other.y - self.y * other.x)

    def __abs__(self):
        return math.sqrt(self @ self)

    def __iter__(self):
        yield self.x
        yield self.y
        yield self.z

    def __repr__(self):
        return f"({self.x:+.9f}, {self.y:+.9f}, {self.z:+.9f})"


class Body:
    def __init__(self, name, position, velocity, mass):
        self.name = name
        self.position = position
        self.velocity = velocity
        self.mass = mass

    @property
    def momentum(self):
        return self.velocity * self.mass

    def energy(self, others):
        total = 0.5 * self.mass * (self.velocity @ self.velocity)
        for other in others:
            total -= self.mass * other.mass / abs(self.position - other.position)
        return total


def read_bodies(lines):
    for number, line in enumerate(lines, 1):
        name, *fields = line.partition("#")[0].split() or [""]
        if not name:
            continue
        if len(fields) != 7:
            raise ValueError(f"line {number}: {name} has {len(fields)} numbers, not 7")
        px, py, pz, vx, vy, vz, mass = map(float, fields)
        yield Body(name, Vector(px, py, pz), Vector(vx, vy, vz) * DAYS, mass * SUN)


class System:
    def __init__(self, bodies):
        self.bodies = list(bodies)
        self.rest()

    def rest(self):
        """Lets the first body move so that the whole stands still."""
        drift = sum((b.momentum for b in self.bodies), start=Vector(0.0, 0.0, 0.0))
        sun = self.bodies[0]
        sun.velocity = sun.velocity - drift * (1 / sun.mass)

    def pairs(self):
        return [(a, b) for i, a in enumerate(self.bodies) for b in self.bodies[i + 1:]]

    def advance(self, dt: float, steps: int):
        """Symplectic Euler with objects."""
        pairs = self.pairs()
        for _ in range(steps):
            for a, b in pairs:
                d = a.position - b.position
                square = d @ d
                pull = dt / (square * math.sqrt(square))
                a.velocity = a.velocity - d * (b.mass * pull)
                b.velocity = b.velocity + d * (a.mass * pull)
            for body in self.bodies:
                body.position = body.position + body.velocity * dt

    def energy(self):
        return sum(b.energy(self.bodies[i + 1:]) for i, b in enumerate(self.bodies))

    def spin(self):
        return sum((b.position.cross(b.momentum) for b in self.bodies), start=Vector(0.0, 0.0, 0.0))


def advance_flat(bodies, dt: float, steps: int):
    """The same motion on plain lists of floats, as one writes it for speed."""
    n = len(bodies)
    x = [b.position.x for b in bodies]
    y = [b.position.y for b in bodies]
    z = [b.position.z for b in bodies]
    vx = [b.velocity.x for b in bodies]
    vy = [b.velocity.y for b in bodies]
    vz = [b.velocity.z for b in bodies]
    m = [b.mass for b in bodies]
    for _ in range(steps):
        for i in range(n):
            for j in range(i + 1, n):
                dx, dy, dz = x[i] - x[j], y[i] - y[j], z[i] - z[j]
                square = dx * dx + dy * dy + dz * dz
                pull = dt / (square * math.sqrt(square))
                pi, pj = m[i] * pull, m[j] * pull
                vx[i] -= dx * pj
                vy[i] -= dy * pj
                vz[i] -= dz * pj
                vx[j] += dx * pi
                vy[j] += dy * pi
                vz[j] += dz * pi
        for i in range(n):
            x[i] += vx[i] * dt
            y[i] += vy[i] * dt
            z[i] += vz[i] * dt
    return list(zip(x, y, z))


class Matrix:
    """A dense matrix of floats, by rows."""

    def __init__(self, rows):
        self.rows = [list(r) for r in rows]
        if len({len(r) for r in self.rows}) > 1:
            raise ValueError("rows of different lengths")

    @classmethod
    def identity(cls, n):
        return cls([1.0 if i == j else 0.0 for j in range(n)] for i in range(n))

    @classmethod
    def hilbert(cls, n):
        return cls([1.0 / (i + j + 1) for j in range(n)] for i in range(n))

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0]) if self.rows else 0

    def __getitem__(self, at):
        match at:
            case (slice() as i, j):
                return [row[j] for row in self.rows[i]]
            case (i, j):
                return self.rows[i][j]
            case i:
                return self.rows[i]

    def __setitem__(self, at, value):
        i, j = at
        self.rows[i][j] = value

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"cannot multiply {self.shape} by {other.shape}")
        columns = list(zip(*other.rows))
        return Matrix([sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows)

    def __sub__(self, other):
        return Matrix([a - b for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows))

    def norm(self):
        return max(sum(map(abs, row)) for row in self.rows)

    def lu(self):
        """Doolittle with partial pivoting: (LU in one matrix, order of rows, sign)."""
        n, columns = self.shape
        if n != columns:
            raise ValueError("not square")
        a = [row[:] for row in self.rows]
        order, sign = list(range(n)), 1
        for k in range(n):
            pivot = max(range(k, n), key=lambda i: abs(a[i][k]))
            if abs(a[pivot][k]) < 1e-300:
                raise ZeroDivisionError(f"singular at column {k}")
            if pivot != k:
                a[k], a[pivot] = a[pivot], a[k]
                order[k], order[pivot] = order[pivot], order[k]
                sign = -sign
            top = a[k]
            for i in range(k + 1, n):
                row = a[i]
                factor = row[k] / top[k]
                row[k] = factor
                for j in range(k + 1, n):
                    row[j] -= factor * top[j]
        return Matrix(a), order, sign

    def determinant(self):
        lu, _, sign = self.lu()
        return sign * math.prod(lu[i, i] for i in range(lu.shape[0]))

    def solve(self, b):
        lu, order, _ = self.lu()
        n = len(order)
        x = [b[i] for i in order]
        for i in range(n):
            x[i] -= sum(lu[i, j] * x[j] for j in range(i))
        for i in reversed(range(n)):
            x[i] = (x[i] - sum(lu[i, j] * x[j] for j in range(i + 1, n))) / lu[i, i]
        return x

    def inverse(self):
        n = self.shape[0]
        return Matrix(self.solve([1.0 if i == k else 0.0 for i in range(n)]) for k in range(n)).T

    def power(self, steps=200):
        """The largest eigenvalue and its vector, by power iteration."""
        n = self.shape[0]
        v, value = [1.0] * n, 0.0
        for _ in range(steps):
            w = [sum(a * b for a, b in zip(row, v)) for row in self.rows]
            value = math.sqrt(sum(c * c for c in w))
            v = [c / value for c in w]
        return value, v

    def __str__(self):
        return "\n".join("  ".join(f"{c:12.6g}" for c in row) for row in self.rows)


def orbits(path, steps):
    with open(path, encoding="utf-8") as file:
        bodies = list(read_bodies(file))
    system = System(bodies)
    print(f"{len(bodies)} bodies: {', '.join(b.name for b in bodies)}")
    print(f"energy  {system.energy():.9f}")
    spin = abs(system.spin())
    flat = advance_flat(system.bodies, 0.01, steps)
    system.advance(0.01, steps)
    print(f"energy  {system.energy():.9f} after {steps} steps")
    print(f"spin    {spin:.9f}, changed by {abs(abs(system.spin()) - spin):.1e}")
    for body, place in zip(system.bodies, flat):
        away = abs(body.position - Vector(*place))
        print(f"{body.name:>8} {body.position!r} {'same' if away == 0.0 else f'differs by {away:.1e}'}")
    return system


def matrices(system):
    inertia = Matrix([[0.0] * 3 for _ in range(3)])
    for body in system.bodies:
        p = tuple(body.position)
        for i in range(3):
            for j in range(3):
                square = (body.position @ body.position) if i == j else 0.0
                inertia[i, j] += body.mass * (square - p[i] * p[j])
    print("inertia:")
    print(inertia)
    value, axis = inertia.power()
    print(f"largest moment {value:.9g} about ({', '.join(f'{c:.6f}' for c in axis)})")
    for n in (2, 4, 6, 8):
        h = Matrix.hilbert(n)
        rest = (h @ h.inverse() - Matrix.identity(n)).norm()
        print(f"hilbert {n}: determinant {h.determinant():.6e}, error of the inverse below {10.0 ** math.ceil(math.log10(rest)) if rest else 0:.0e}")
    n = 40
    a = Matrix([math.sin(1.0 + i * 0.7 + j * j * 0.3) + (i == j) * 3 for j in range(n)] for i in range(n))
    b = [float(i % 7) for i in range(n)]
    x = a.solve(b)
    back = [sum(p * q for p, q in zip(row, x)) for row in a.rows]
    print(f"solved {n} equations, first {x[0]:.12f}, residue {'small' if max(abs(p - q) for p, q in zip(back, b)) < 1e-9 else 'LARGE'}")
    print(f"trace of A A^T: {sum(row[i] for i, row in enumerate((a @ a.T).rows)):.10f}; last column starts {a[:2, -1][0]:.6f}")
    for bad in (lambda: Matrix([[1.0], [1.0, 2.0]]), lambda: a @ Matrix.identity(3), lambda: Matrix([[1.0, 2.0], [2.0, 4.0]]).inverse()):
        try:
            bad()
        except (ValueError, ZeroDivisionError) as error:
            print(f"{type(error).__name__}: {error}")


def main(argv):
    if len(argv) < 2:
        sys.exit(f"usage: {argv[0]} BODIES [STEPS]")
    matrices(orbits(argv[1], int(argv[2]) if len(argv) > 2 else 1000))


if __name__ == "__main__":
    main(sys.argv)
