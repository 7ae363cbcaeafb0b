# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# A number that is an object (a large float, a complex number) is passed on by who keeps it, to a small function that computes with it.
def nothing(): pass


def real(x):
    find()
    a = x * 2.0 + x * x - x / 3.0
    return a


def imaginary(z):
    find()
    w = z * 2.0 + z * z - z / 3.0
    return w


find = [nothing][0]


def pass_on(o):
    x = o
    return real(x), real(x), real(x)


def pass_on_complex(o):
    x = o
    return imaginary(x), imaginary(x), imaginary(x)


v = float("1e300") * 1e-5
z = complex(1.5, 2.5)
for i in range(5):
    r = pass_on(v)
    c = pass_on_complex(z)
junk = [float("1e290") * 3.5 for i in range(1000)] + [complex(i, 1) for i in range(1000)]
print(r, v)
print(c, z)


def fails(x):
    a = x * 2.0 + x * x - x / 3.0
    find_it()
    return a


def tried(o):
    x = o
    return fails(x)


for i in range(5):
    try:
        tried(v)
    except NameError as e:
        print(e)
junk = [float("1e290") * 3.5 for i in range(1000)]
print(v)
