# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Zeros and infinities are words of their own kind: every operator, builtin and container meets them as it meets 1.0.
import copy
import marshal
import math
import pickle

inf = float("inf")
nan = float("nan")
NUMBERS = [0.0, -0.0, inf, -inf, 1.5, -2.0, 1e-300, -1e300, 5e-324, 1e77, 3, 0, -1, True, nan]


def attempt(f, *arguments):
    try:
        return repr(f(*arguments))
    except Exception as e:
        return type(e).__name__ + ": " + str(e)


OPERATORS = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    "//": lambda a, b: a // b, "%": lambda a, b: a % b, "**": lambda a, b: a ** b, "divmod": divmod,
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "max": max, "min": min, "copysign": math.copysign, "atan2": math.atan2,
    "hypot": math.hypot, "fmod": math.fmod,
}
for name, f in OPERATORS.items():
    for a in NUMBERS:
        print(name, a, [attempt(f, a, b) for b in NUMBERS])

UNARY = {
    "neg": lambda a: -a, "pos": lambda a: +a, "abs": abs, "not": lambda a: not a, "bool": bool, "int": int, "round": round,
    "round1": lambda a: round(a, 1), "floor": math.floor, "sqrt": math.sqrt, "exp": math.exp, "log": math.log, "float": float,
    "str": str, "hash": lambda a: hash(a) if a == a else "nan", "format": lambda a: f"{a:.3f} {a:+g} {a!r:>8}", "complex": complex,
    "isfinite": math.isfinite, "isinf": math.isinf, "ratio": lambda a: a.as_integer_ratio(), "hex": lambda a: float(a).hex(),
    "conditional": lambda a: "true" if a else "false", "and": lambda a: a and 1, "or": lambda a: a or 1,
    "copy": copy.copy, "deepcopy": copy.deepcopy, "pickle": lambda a: pickle.loads(pickle.dumps(a)), "frexp": lambda a: math.frexp(a),
    "marshal": lambda a: marshal.loads(marshal.dumps(a)), "fsum": lambda a: math.fsum([a, a]), "sum": lambda a: sum([a, a], 0.0),
}
for name, f in UNARY.items():
    print(name, [attempt(f, a) for a in NUMBERS])

print(sorted([inf, 0.0, -0.0, 1.0, -inf, -1.0, 0, 1e-300]), sorted([3.0, inf, -inf]), sorted([0.0, -0.0]), sorted([-0.0, 0.0], reverse=True))
print(0.0 in [-0.0], nan in [nan], float("nan") in [float("nan")], inf in {inf}, {0.0: "zero"}[-0.0], {inf: 1, -inf: 2}[float("-inf")])
print([0.0, inf].index(inf), [0.0, -0.0, 0].count(0.0), set([0.0, -0.0, 0, False]), (0.0, inf) == (-0.0, inf), hash(0.0) == hash(-0.0) == hash(0))


# The same in loops that keep their floats raw, and at their borders.
class Body:
    def __init__(self):
        self.x = 0.0
        self.least = inf
        self.sign = -0.0


def walk(n):
    body = Body()
    for i in range(n):
        body.x += i * 0.5
        body.sign = body.sign * 1.0
        if body.x - 10.0 < body.least:
            body.least = body.x - 10.0
        if i % 7 == 0:
            body.x = 0.0
    return body.x, body.least, body.sign


def lists(n):
    zeros = [0.0] * 8
    for i in range(n):
        zeros[i % 8] += zeros[(i + 1) % 8]
        zeros[(i * 3) % 8] = 0.0 if i & 1 else -0.0
    return zeros


def divide(values, by):
    out = []
    for v in values:
        try:
            out.append(v / by)
        except ZeroDivisionError as e:
            out.append(str(e))
    return out


def least(values):
    best = inf
    for v in values:
        if v < best:
            best = v
    return best


def overflow(x):
    steps = 0
    while x != inf:
        x *= 1e30
        steps += 1
    return steps, x, x - x, -x


def cancel(values):
    total = 0.0
    for v in values:
        total += v
        total -= v
    return total, math.copysign(1.0, total), not total


print(walk(50), lists(40), divide([1.0, 0.0, -3.0, inf], 0.0), divide([1.0, -0.0, 5.0], -0.0), divide([1.0, 0.0], inf))
print(least([3.0, 2.5, 7.0]), least([]), overflow(2.0), cancel([1.0, 2.0]), cancel([]), cancel([inf]))


class Holder:
    pass


# A split dict refers to the words; what they hold must be no reference.
holder = Holder()
holder.a, holder.b, holder.c, holder.d = 0.0, -0.0, inf, -inf
words = vars(holder)
print(words, list(words.values()), words["b"], words.pop("c"), holder.__dict__)
words["a"] = -0.0
holder.d = 0.0
print(holder.a, holder.d, vars(holder), copy.copy(holder).__dict__)

# A complex zero to a small whole power is multiplied like any other number, with the signs that gives.
for z in (0j, -0j, complex(-0.0, -0.0), complex(-0.0, 0.0), complex(0.0, -0.0), 1 + 2j):
    print(*[repr(z ** n) for n in (0, 1, 2, 3, True, 1.0, 1.5, 100, 101)])
    for n in (-1, -2.5, 1j, -101):
        try:
            print(z ** n, end=" ")
        except ZeroDivisionError as e:
            print(e, end=" ")
    print()
