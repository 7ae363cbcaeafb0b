# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Calls from executed functions to others, and their loops over generators, are activations of their own: for frames, tracebacks,
# the limit, exceptions and deaths.
import sys
import traceback
import weakref

space = {"sys": sys}
exec(
    """
def names(frame):
    found = []
    while frame:
        found.append((frame.f_code.co_name, frame.f_lineno))
        frame = frame.f_back
    return found[:-1]

def deep(n):
    if n:
        return deep(n - 1)
    return names(sys._getframe())

def many(a, b, c=3, *rest, d=4, **others):
    return a, b, c, rest, d, others

def passes(f, *args):
    return many(1, 2), many(1, b=5), f(*args), many(*args, d=0, z=1)

class Node:
    def __init__(self, value):
        self.value = value
    def double(self):
        return Node(self.value * 2)
    def last(self, n):
        return self.double().last(n - 1) if n else self

def endless(n):
    return endless(n + 1)

def fails(n):
    local = [n]
    if n == 0:
        return {}["key"]
    return fails(n - 1)

def counted(n):
    for i in range(n):
        yield i
    return n

def walks(n):
    seen = []
    for item in counted(n):
        seen.append((item, [name for name, line in names(sys._getframe())]))
    return seen

def shows():
    yield [name for name, line in names(sys._getframe())]

def looks():
    for found in shows():
        return found

def breaks(n):
    for i in range(n):
        if i == 2:
            raise ValueError(i)
        yield i

def handles(n):
    seen = []
    try:
        for item in breaks(n):
            seen.append(item)
    except ValueError as e:
        seen.append(repr(e))
        seen.append(sys.exc_info()[0].__name__)
    seen.append(sys.exc_info())
    return seen

def stops():
    yield 1
    raise StopIteration(2)

def all_of(iterable):
    seen = []
    for item in iterable:
        seen.append(item)
    return seen

def nested(depth):
    if depth:
        for item in nested(depth - 1):
            yield item
    yield depth

def handling():
    try:
        raise KeyError("outer")
    except KeyError:
        yield sys.exc_info()[1]
        try:
            raise IndexError("inner")
        except IndexError as e:
            yield e.__context__

def around():
    seen = []
    try:
        raise TypeError("around")
    except TypeError:
        for item in handling():
            seen.append((repr(item), repr(sys.exc_info()[1])))
    return seen

def running(make):
    generator = None
    def body():
        yield generator.gi_running
        yield generator.gi_frame.f_lineno
        try:
            next(generator)
        except ValueError as e:
            yield str(e)
    generator = body()
    return all_of(generator), generator.gi_running, generator.gi_frame

def closes():
    log = []
    def body():
        try:
            yield 1
            yield 2
        finally:
            log.append("closed")
    for item in body():
        log.append(item)
        break
    log.append("after")
    return log

def shared():
    generator = counted(6)
    return [(item, next(generator)) for item in generator], next(generator, "end")

def sends():
    def body():
        got = yield 0
        while got is None:
            got = yield 1
        yield got
    generator = body()
    seen = []
    for item in generator:
        seen.append(item)
        if len(seen) == 3:
            seen.append(generator.send("sent"))
    return seen

def rebinds(n):
    global rebinds
    if n == 0:
        return "old"
    def rebinds(n):
        return "new"
    return rebinds(n), "here"

def delegates(n):
    for item in delegating(n):
        yield item
def delegating(n):
    result = yield from counted(n)
    yield ("result", result)
""",
    space,
)
print(space["deep"](3))
print(len(space["deep"](60)))
print(space["passes"](space["many"], 7, 8))
print(space["Node"](1).last(40).value)
for depth in range(3):
    try:
        space["endless"](0)
    except RecursionError as e:
        print(e, len(traceback.extract_tb(e.__traceback__)) > 900)
try:
    space["fails"](12)
except KeyError as e:
    for entry in traceback.extract_tb(e.__traceback__)[1:]:
        print(entry.name, entry.lineno)
    tb = e.__traceback__.tb_next
    while tb:
        print(tb.tb_frame.f_locals, tb.tb_frame.f_back.f_code.co_name)
        tb = tb.tb_next
for row in space["walks"](2):
    print(row)
print(space["looks"]())
print(space["handles"](5))
try:
    space["all_of"](space["stops"]())
except RuntimeError as e:
    print(e, repr(e.__cause__))
print(space["all_of"](space["nested"](40))[-3:])
print(sys.exc_info(), space["around"](), sys.exc_info())
print(space["running"](None))
print(space["closes"]())
print(space["shared"]())
print(space["sends"]())
print(space["rebinds"](1), space["rebinds"](2))
print(space["all_of"](space["delegates"](2)))

# What an activation holds dies with it.
class Told:
    def __init__(self, name):
        weakref.finalize(self, print, "dies:", name)


space["Told"] = Told
exec(
    """
def makes(n):
    told = Told(n)
    if n:
        makes(n - 1)
        print("back in", n)
    return None
def drops(n):
    for item in (Told(i) for i in range(n)):
        print("item")
        item = None
    print("loop is over")
def fails_holding(n):
    told = Told(("held", n))
    if n == 0:
        raise LookupError
    fails_holding(n - 1)
""",
    space,
)
space["makes"](2)
space["drops"](2)
try:
    space["fails_holding"](1)
except LookupError:
    print("handled")
print("end")

# Who listens hears of them.
calls = []
sys.setprofile(lambda frame, event, arg: calls.append((event, frame.f_code.co_name)) if event in ("call", "return") else None)
space["walks"](1)
sys.setprofile(None)
print([c for c in calls if c[1] in ("walks", "counted", "names")])
