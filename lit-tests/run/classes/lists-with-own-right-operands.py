# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O1 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A list that is extended or repeated in place asks the right operand first.
class M:
    def __radd__(self, o): return 0
    def __rmul__(self, o): return ""
def h():
    l = [1]
    l += M()
    if l: return "true"
    return "false"
def h2():
    l = [1]
    l *= M()
    return "true" if l else "false"
print(h2())
print(h())


def loops():
    l = [1]
    for k in ((2,), "ab", {3: 4}, range(2), [5], {6}):
        l += k
    l *= 2
    l *= True
    return l, len(l), bool(l)


print(loops())


class Sum(list):
    def __radd__(self, other):
        return tuple(other), len(self)


def derived():
    l = [1]
    l += Sum([2])
    return l, [*l]


print(derived())
for wrong in (1, None, 2.5):
    l = [1]
    try:
        l += wrong
    except TypeError as e:
        print(e)
