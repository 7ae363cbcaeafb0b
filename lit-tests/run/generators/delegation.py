# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Generators that wait for one another are stepped at the innermost one. Nobody can tell: not by their attributes, by resuming, closing
# or throwing into one in the middle, by frames, handled exceptions or the recursion limit.
import inspect
import sys
import traceback


def chain(depth, body):
    """`depth` generators above `body`, outermost first."""
    made = [body]
    for level in range(depth):
        made.append(above(level, made[-1]))
    return made[::-1]


def above(level, inner):
    result = yield from inner
    return (level, result)


def state(g):
    return g.gi_running, g.gi_suspended, g.gi_yieldfrom is not None


# ---- values go in and out, results come up ----

def echo():
    got = None
    for i in range(4):
        got = yield (i, got)
    return "end"


outer = chain(3, echo())[0]
print(next(outer), outer.send("a"), outer.send("b"), next(outer))
try:
    next(outer)
except StopIteration as e:
    print(e.value)
print(list(chain(5, (i * i for i in range(4)))[0]))


def grows(n):
    yield n
    if n:
        yield from grows(n - 1)
    yield -n


print(list(grows(4)))
print(list(chain(2, grows(3))[0]))


# ---- what the attributes say meanwhile ----

def looks():
    print("inside", [state(g) for g in four])
    yield 1
    print("inside", [state(g) for g in four])
    yield 2


four = chain(3, looks())
print("new", [state(g) for g in four])
for item in four[0]:
    print("suspended", item, [state(g) for g in four], four[0].gi_yieldfrom is four[1], four[2].gi_yieldfrom is four[3])
print("ended", [state(g) for g in four])


# ---- one that runs cannot be entered, wherever it stands ----

def enters():
    yield 0
    for g in four:
        for what in (lambda: next(g), lambda: g.send(None), g.close, lambda: g.throw(KeyError), g.gi_frame.clear):
            try:
                what()
            except (ValueError, RuntimeError) as e:
                print(type(e).__name__, e)
    yield 1


four = chain(2, enters())
print(list(four[0]))


# ---- one in the middle is resumed, closed or thrown into by somebody else ----

def count(n=9):
    for i in range(n):
        try:
            yield i
        except KeyError:
            yield "caught"


four = chain(3, count())
print(next(four[0]), next(four[0]), next(four[2]), next(four[0]), next(four[3]), next(four[0]), next(four[1]), list(four[0]))

four = chain(3, count())
print(next(four[0]), next(four[0]))
four[2].close()
print([state(g) for g in four], list(four[0]), [state(g) for g in four])

four = chain(3, count())
print(next(four[0]), next(four[0]), four[2].throw(KeyError), next(four[0]))
four[3].close()
print(list(four[0]))

four = chain(3, count())
print(next(four[0]), next(four[0]))
try:
    four[1].throw(ZeroDivisionError)
except ZeroDivisionError:
    print("out", [state(g) for g in four])
print(list(four[0]), [state(g) for g in four])


def replaces():
    yield from count(2)
    yield from count(3)
    return "replaced"


four = chain(2, replaces())
print(next(four[0]), next(four[0]), next(four[2]), next(four[0]), next(four[2]))
print(next(four[0], "done"), [state(g) for g in four])

# ---- two wait for one ----
shared = count()
first, second = above(1, shared), above(2, shared)
outer = above(0, first)
print(next(outer), next(second), next(outer), next(second), next(first), list(outer), list(second))


# ---- exceptions come up through every level ----

def fails():
    yield 1
    yield 2
    raise LookupError("inside")


def catches(inner):
    try:
        yield from inner
    except LookupError as e:
        yield "caught " + str(e)
    yield "after"


def shown(e):
    return [(entry.name, entry.lineno) for entry in traceback.extract_tb(e.__traceback__)]


outer = chain(3, fails())[0]
print(next(outer), next(outer))
try:
    next(outer)
except LookupError as e:
    print(shown(e), outer.gi_frame)
print(list(chain(2, catches(chain(2, fails())[0]))[0]))


def stops():
    yield 1
    yield 2
    raise StopIteration("of its own")


outer = chain(2, stops())[0]
print(next(outer), next(outer))
try:
    next(outer)
except RuntimeError as e:
    print(e, repr(e.__cause__), shown(e))

outer = chain(2, count())[0]
print(next(outer), next(outer), outer.throw(KeyError), next(outer))
try:
    outer.throw(ValueError("thrown"))
except ValueError as e:
    print(shown(e))


# ---- an exception that is handled in the middle is seen inside ----

def handling(inner):
    try:
        raise OSError("handled")
    except OSError:
        yield from inner


def sees():
    while True:
        yield repr(sys.exc_info()[1])


outer = chain(2, handling(chain(2, sees())[0]))[0]
print(next(outer), next(outer), next(outer))
try:
    raise TypeError("around")
except TypeError:
    print(next(outer), next(chain(3, sees())[0]))


def fails_later():
    yield 1
    yield 2
    {}["missing"]


try:
    print(list(chain(2, handling(chain(2, fails_later())[0]))[0]))
except KeyError as e:
    print(repr(e), repr(e.__context__))


# ---- frames ----

def names():
    frame, found = sys._getframe(), []
    while frame:
        found.append((frame.f_code.co_name, frame.f_lineno))
        frame = frame.f_back
    return found


def walks():
    yield 0
    yield names()
    yield [entry.function for entry in inspect.stack()]


outer = chain(3, walks())[0]
print(next(outer))
print(next(outer))
print(next(outer))


def finds_locals():
    yield 0
    yield sys._getframe(2).f_locals["level"], sys._getframe(3).f_locals["level"]


outer = chain(3, finds_locals())[0]
print(next(outer), next(outer))


# ---- each level counts ----

def endless(n):
    yield n
    yield from endless(n + 1)


sys.setrecursionlimit(200)
deepest = 0
try:
    for deepest in endless(0):
        pass
except RecursionError as e:
    print("too deep", 150 < deepest < 200, str(e), len(traceback.extract_tb(e.__traceback__)) > 150)


def recurses(n):
    return n and 1 + recurses(n - 1)


def recurses_inside(n):
    yield 0
    yield recurses(n)


print(list(chain(100, recurses_inside(50))[0]))
try:
    print(list(chain(100, recurses_inside(120))[0]))
except RecursionError as e:
    print(e)
sys.setrecursionlimit(1000)


# ---- they die in order ----

class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


def holds(name, inner):
    loud = Loud(name)
    try:
        yield from inner
    finally:
        print("left", name)


outer = holds("a", holds("b", holds("c", count())))
print(next(outer), next(outer))
del outer
outer = holds("a", holds("b", holds("c", count(2))))
print(list(outer))


# ---- the same for coroutines ----

class Pause:
    def __await__(self):
        got = yield "pause"
        return got


async def leaf():
    a = await Pause()
    print([(c.cr_running, c.cr_suspended) for c in coroutines])
    try:
        await coroutines[1]
    except ValueError as e:
        print(e)
    try:
        coroutines[1].send(None)
    except ValueError as e:
        print(e)
    b = await Pause()
    return a, b


async def awaits(inner):
    return [await inner]


coroutines = [leaf()]
for _ in range(3):
    coroutines.append(awaits(coroutines[-1]))
coroutines.reverse()
top = coroutines[0]
print(top.send(None), top.send("first"), top.cr_await is coroutines[1], coroutines[2].cr_await is coroutines[3])
try:
    top.send("second")
except StopIteration as e:
    print(e.value)

# code that is interpreted, in the middle
scope = {}
exec("def between(inner):\n  return (yield from inner)", scope)
outer = above(0, scope["between"](above(1, scope["between"](above(2, count(3))))))
print(list(outer))
