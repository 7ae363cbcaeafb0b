# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops over ranges whose body raises each time, so that a version is entered at the loop and left before its next step: the iterator that
# is handed over must be one, also where the version does not hold the range as numbers (reversed with a step, a module that assigns `range`).


def reversed_by_step(n):
    seen = []
    for i in reversed(range(0, n, 2)):
        try:
            raise ValueError(i)
        except ValueError as e:
            seen.append(e.args[0])
    return seen


def assigned(n):
    seen = []
    for i in range(n):
        try:
            raise ValueError(i)
        except ValueError as e:
            seen.append(e.args[0])
    return seen


def generated(n):
    for i in range(n):
        try:
            raise KeyError(i)
        except KeyError as e:
            yield e.args[0]


def nested(n):
    seen = []
    for i in range(n):
        for j in reversed(range(i, n, 3)):
            try:
                seen[j]
            except IndexError:
                seen.append((i, j))
    return seen


print(reversed_by_step(10), assigned(4), list(generated(3)), nested(7))
try:
    range = xrange
except NameError:
    pass
print(assigned(2))
range = lambda n: iter("ab"[:n])
print(assigned(2), list(generated(1)))
