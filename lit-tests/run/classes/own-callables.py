# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Calls of what the receiver itself has under a name: a site that has seen it there asks again each time.
import json
import types


class Writer:
    def __init__(self, write):
        self.write = write

    def put(self, text):
        return self.write(text)

    def put_later(self, text):
        return self.write(str(text) + "!")

    def put_five(self, a, b, c, d):
        return self.many(a, b, c, d, 5)


def use(writers):
    return [(w.put("x"), w.put_later("y")) for w in writers]


def twice(text):
    return text * 2


def thrice(text):
    return text * 3


w = Writer(twice)
for _ in range(3):
    print(use([w, w]))
w.write = thrice
print(use([w, w]))
w.write = len
print(use([w, w]))
w.write = Writer  # a class
print([type(made).__name__ for made in use([w])[0]])

# Gone, and back.
del w.write
for _ in range(2):
    try:
        use([w])
    except AttributeError as error:
        print(error)
w.write = twice
print(use([w]))

# What the class gets later: a function is hidden by the instance's, a data descriptor is not.
Writer.write = lambda self, text: ("class", text)
print(use([w]), use([Writer(thrice)]))
Writer.write = property(lambda self: lambda text: ("property", text), lambda self, v: None)
print(use([w]))
del Writer.write
print(use([w]))


# In the dict, not in a slot: stored from outside.
class Plain:
    def method(self, text="m"):
        return "method " + text


def call_all(o, times):
    return [(o.method("a"), o.method(str(n))) for n in range(times)]


p, q = Plain(), Plain()
p.other = 1
print(call_all(p, 2), call_all(q, 1))
p.method = twice
print(call_all(p, 2), call_all(q, 1))
del p.method
print(call_all(p, 2))
p.__dict__["method"] = thrice
print(call_all(p, 2))
vars(p).clear()
print(call_all(p, 2))
p.__dict__ = {"method": len}
print(call_all(p, 1))


def outside(o):
    return o.added("z"), o.added(str(1) + "z")


p.added = twice
print(outside(p), outside(p))
p.added = thrice
print(outside(p))
p.__dict__ = {"zero": 0, "added": len}
print(outside(p), outside(p))


# The attribute dies in its own call.
class Once:
    def __init__(self):
        self.step = self.first

    def first(self, n):
        del self.step
        return "first", n

    def run(self, n):
        return self.step(n + 0)


o = Once()
print(o.run(1))
try:
    o.run(2)
except AttributeError as error:
    print(error)


# Four and five arguments.
class Many:
    def four(self, a, b, c, d):
        return self, a, b, c, d

    def five(self, a, b, c, d, e=5):
        return a, b, c, d, e


m = Many()
for n in range(3):
    print(m.four(1, 2, 3, n)[1:], m.five(1, 2, 3, 4, n), m.five(1, 2, 3, n))
m.four = lambda *args: ("own", args)
print(m.four(1, 2, 3, 4), Many().four(1, 2, 3, 4)[1:])
try:
    m.five(1, 2, 3, 4, 5, 6)
except TypeError as error:
    print(error)
for n in range(2):
    m.put_five = types.MethodType(Writer.put_five, m)
    m.many = lambda *args: args
    print(m.put_five(1, 2, 3, n))


# A module's functions.
def through(module, text):
    return module.loads(text), module.loads(text + " ")


print(through(json, "1"), through(json, "2"))
fake = types.ModuleType("fake")
fake.loads = twice
print(through(fake, "1"), through(json, "3"))
fake.loads = thrice
print(through(fake, "1"))
loads, json.loads = json.loads, len
print(through(json, "333"))
json.loads = loads
print(through(json, "4"))
