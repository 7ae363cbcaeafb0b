# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What an instance that was made in place is compared with may leave: then the instance is handed over, though nobody looks at it.
class K:
    def __init__(self, a, b=0):
        self.a = a
        self.b = b

    def __del__(self):
        if isinstance(self.b, str):
            print("dies", self.b)


G = b"abc"


def f(x):
    K(x, 2.0) is K(len(G))
    return x + 1


def ordered(x):
    K(x, "first") is K(len(G), "second")
    print("behind")


for n in range(50):
    f(n)
print(f(2))
G = [1, 2]
print(f(2))
try:
    del G
    f(3)
except NameError as e:
    print(e)
G = b"abcd"
ordered(1)
del G
try:
    ordered(2)
except NameError as e:
    print(e)
