# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# & | ^ and their augmented forms of ints around the sizes at which they are kept otherwise, and the truth of instances.
class Sub(int):
    def __and__(self, other):
        return "sub and"

    def __rxor__(self, other):
        return "sub rxor"


sizes = [0, 1, -1, 2**61, 2**62 - 1, 2**62, -(2**62), -(2**62) - 1, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**64), True, Sub(5)]


def augmented(a, b):
    x = y = z = a
    x &= b
    y |= b
    z ^= b
    return x, y, z


for a in sizes:
    for b in sizes:
        print(a & b, a | b, a ^ b, augmented(a, b))
for other in (1.5, "x", None, {1}):
    for a, b in ((2**63, other), (other, 2**63)):
        try:
            print(augmented(a, b))
        except TypeError as error:
            print(error)
x = y = 2**63 + 5
x ^= 2**63
print(x, y, {1, 2} & {2}, True & False, True ^ 2)


class Plain:
    pass


class Empty:
    def __len__(self):
        return 0


class Not:
    def __bool__(self):
        return False


def truth(v):
    return "yes" if v else "no"


things = [Plain(), Empty(), Not(), Plain, (), [0], 0.0, 1.5, None, truth]
print([truth(v) for v in things])
Plain.__len__ = lambda self: 0
print(truth(things[0]))
Plain.__bool__ = lambda self: True
print(truth(things[0]))
del Plain.__len__, Plain.__bool__
print(truth(things[0]))
Plain.__bool__ = lambda self: 3
try:
    truth(things[0])
except TypeError as error:
    print(error)
