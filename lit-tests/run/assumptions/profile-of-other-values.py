# RUN: krait build -O2 --profile-generate %s -o %t.counts
# RUN: rm -f %t.profile && env KRAIT_PROFILE_FILE=%t.profile %t.counts floats > %t.out.floats
# RUN: krait run -O2 --profile-use %t.profile --verify-each %s | diff %s.out -
# RUN: krait run -O2 --profile-use %t.profile --verify-each %s floats | diff %t.out.floats -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# A profile of runs on floats and lists; then come texts, ints, large ones, instances, None, and classes that were not there.
import sys


class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    def move(self, d):
        self.x = self.x + d
        return self

    @property
    def first(self):
        return self.x


class Late(Vec):
    def dot(self, other):
        return "late", self.x, other.x

    def __getitem__(self, n):
        if n > 2:
            raise IndexError(n)
        return (self.x, self.y, "third")[n]

    def __iter__(self):
        return iter((self.x, self.y))

    def __len__(self):
        return 2


class Foreign:
    """Has what is asked, but otherwise."""

    def __getattr__(self, name):
        if name == "dot":
            return lambda other: f"dot of {other!r:.10}"
        if name in ("x", "y", "first"):
            return name * 2
        raise AttributeError(name)

    def __mul__(self, other):
        return f"times {other}"

    __rmul__ = __mul__

    def __add__(self, other):
        return f"plus {other}"

    def __radd__(self, other):
        return f"{other} plus"


def tried(f, *a):
    try:
        return f(*a)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def total(xs):
    s = 0
    for x in xs:
        s += x
    return s


def scaled(xs, by):
    out = []
    for n in range(len(xs)):
        out.append(xs[n] * by)
    return out


def dots(vecs, other):
    out = None
    for v in vecs:
        d = v.dot(other)
        out = d if out is None else out + d
    return out


def walk(v, steps):
    k = 0
    while k < steps:
        v.move(k)
        v.x = v.x * 2 if k % 2 else v.x
        k += 1
    return v.first, v.y


def table(rows, key):
    s = 0
    for row in rows:
        a, b = row[key]
        s = s + a * b
    return s


def branch(x):
    if x is None:
        return "none"
    if x == "never":
        return total([1, 2]) + len("never")
    y = x * 0.5
    z = y + x
    return z if z > 1 else -z


def closure(n):
    held = n

    def step(by):
        nonlocal held
        held = held + by
        return held

    return [step(by) for by in (n, n, n)]


def generated(n):
    sent = n
    while sent is not None:
        sent = yield sent + sent


def drive(n, *more):
    g = generated(n)
    return [next(g)] + [tried(g.send, m) for m in more]


def keywords(**options):
    return sum(v for v in options.values()) + len(options)


def each(floats):
    print(tried(total, floats), tried(scaled, floats, floats[0]), tried(table, [{"k": (f, f)} for f in floats], "k"))
    vecs = [Vec(f, f) for f in floats]
    print(tried(dots, vecs, vecs[0]), tried(walk, vecs[1], 3))
    for f in floats:
        print(tried(branch, f), tried(closure, f), tried(drive, f, f, f), tried(lambda: keywords(a=f, b=f)))


if len(sys.argv) > 1:
    for k in range(40):
        each([0.5 * n + k for n in range(20)])
else:
    each([1, 2, 3])
    each([1.5, 2, 3])
    each([2, 2.5, True])
    each([1 << 61, 1 << 62, 1 << 63])
    each(["a", "b"])
    each([(1,), (2, 3)])
    each([[1], [2.0], [None]])
    each([None, 1.5])
    each([1j, 2, 0.5])
    each([Foreign(), 2.5][1:] + [0.25])
    each(["never", 1.0])
    for xs in ((1.5, 2.5), {1.5: 1}, range(4), iter([0.5]), "ab", b"ab", Late(1.5, 2.5), [Foreign()], 5, None):
        print(tried(total, xs))
    for xs, by in (((1.5, 2), 2.0), ("abc", 2), (range(3), 1.5), (Late(1.5, 2), 2.0), (b"ab", 1.0), ({0: 1.5}, 2), ([Foreign(), 1], 3), (None, 1.0)):
        print(tried(scaled, xs, by))
    vecs = [Vec(1.5, 2.5), Late(1, "y"), Foreign(), Vec("a", 2), Vec(2, 3), None]
    for n in range(len(vecs)):
        print(tried(dots, vecs[n : n + 1], vecs[0]), tried(dots, vecs[n : n + 2], Late(0.5, 0.5)))
    for v in (Late(1.5, 0), Late(3, 1), Foreign(), Vec([1], 2), Vec(1 << 61, 0)):
        print(tried(walk, v, 4))
    for rows, key in (([[1.5, 2.5]], 0), ([((1, 2), 3)], 0), ([{"k": "ab"}], "k"), ([{"k": (1, 2, 3)}], "k"), ([{}], "k"), ([Late((1, 2), 0)], 0), ("ab", 0)):
        print(tried(table, rows, key))
    Vec.dot = lambda self, other: "changed"
    print(dots([Vec(1.5, 1.5), Vec(2.5, 2.5)], Vec(1.0, 1.0)))
