# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Sums that begin with an int, and that floats are added to, or what is none; and those that stay the int.
def f(u):
    s = 0
    for x in u:
        s += 0.5 * x
    return s

def g(u):
    s = 0
    for j, x in enumerate(u):
        s += 0.5 * x
        if j > 3:
            raise ValueError(s)
    return s

def h(u, n):
    total = 0
    for x in u:
        total = total + x * 1.5
    return total / n if n else total

def k(u):
    s = 7
    n = 0
    for x in u:
        if x > 1.0:
            s -= x * 0.25
        n += 1
    return s, n

def many(rows):
    out = []
    for row in rows:
        s = 0
        for x in row:
            s += x * 2.0
        out.append(s)
    return out

def mixed(u):
    s = 0
    for x in u:
        s += 0.5 * x
        if s == 3:
            s = 0
        yield s

class Bad:
    def __rmul__(self, other):
        return "text"

def wrong(u):
    s = 0
    for x in u:
        s += 0.5 * x
    return s

print(f([1.5, 2.5]), f([]), g([1.5]), h([.5], 2), h([], 0), h([], 3), h([2.0], 0))
print(k([1.5, 0.5]), k([]), k([0.5]), many([[], [1.0], [2.0, -2.0], [-0.0]]), list(mixed([2.0, 2.0, 2.0])))
for values in ([1.0] * 6, [1, 2], [True], [1j], [2**60], [10**400, 1.0], ["a"], [Bad()], [float("nan")], [float("inf"), -float("inf")], [-0.0]):
    for function in (f, g, wrong, k):
        try:
            print(function.__name__, function(values))
        except Exception as e:
            print(function.__name__, type(e).__name__, e)
