# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# A loop over a range that leaves the small ints is never one over raw numbers, wherever it could become one.
def passed(n, m, step):
    s = 0
    for i in range(n, m, step):
        s += i & 7
        print(i, i + 1)
    return s


def constant():
    s = 0
    for i in range(2**62 - 2, 2**62 + 2):
        s += i & 7
        print(i, i + 1)
    for i in range(-2**62 + 2, -2**62 - 2, -1):
        s += i & 7
        print(i, i - 1)
    return s


print(passed(2**62 - 2, 2**62 + 2, 1), passed(2**62 - 6, 2**62, 2), passed(2**62 - 6, 2**62 + 1, 2))
print(passed(-2**62 + 2, -2**62 - 2, -1), passed(2**63 - 3, 2**63 - 1, 1))
print(constant())


def huge():
    s = 0
    for i in range(0, 2**63, 2**62):
        s += i
        print(i)
    for i in range(2**63, 0, -2**62):
        s -= i
        print(i)
    return s


print(huge())
