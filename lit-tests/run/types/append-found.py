# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# append whose lookup comes before an argument that may change what is looked up: of lists, of what is nearly one, of other things.


class Twice(list):
    def append(self, x):
        super().append((x, x))


class Other:
    def __init__(self, to):
        self.append = to


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


def fill(out, word):
    i = 0
    while i < len(word):
        out.append(word[i])
        i += 1
    return out


def last(out, word):
    return out.append(word[-1])


print(fill([], "abc"), fill(Twice(), [1, "a"]), fill(list("x"), (2.5, None)))
fill(Other(print), "xy")
one = []
print(fill(Other(one.append), "xy").append is one.append, one, last(one, [3]), one)
for bad in (5, (), None, "text", Other):
    try:
        last(bad, [1])
    except AttributeError as error:
        print(error)
try:
    last(one, [])
except IndexError as error:
    print(error, one)
try:
    last(Other(5), "x")
except TypeError as error:
    print(error)

rebound = [1]


def rebind(x):
    global rebound
    rebound = ["another"]
    return x


def to_global():
    first = rebound
    rebound.append(rebind(7))
    print(first, rebound)


to_global()
own = []
own.append([own][0])
print(own)
[].append([Noisy("a temporary's item")][0])
[Noisy("one"), Noisy("two")].append([Noisy("three")].pop())
keep = []
keep.append([Noisy("kept")].pop())
print(len(keep))
keep.clear()
