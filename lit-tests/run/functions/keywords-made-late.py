# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# The dict of ** that a call without keywords leaves out until it is looked at: nobody can tell.
import functools
import gc


def describe(x, **options):
    if x > 1:
        options["x"] = x
        return options
    if x < 0:
        return sorted(options)
    return None


print(describe(0), describe(2), describe(2, a=1), describe(-1), describe(-1, b=2, a=3))
first, second = describe(5), describe(5)
print(first == second, first is second)


def logged(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper


@logged
def total(a, b=10, *, c=100):
    return a + b + c


print(total(1), total(1, 2), total(1, c=3), total(*[1], **{"b": 5}))
try:
    total()
except TypeError as e:
    print(e)
try:
    total(1, d=1)
except TypeError as e:
    print(e)


class Log:
    enabled = False

    def debug(self, message, *args, **kwargs):
        if self.enabled:
            self.write("debug", message, args, **kwargs)

    def write(self, level, message, args, extra=None, **rest):
        print(level, message % args, extra, rest)


log = Log()
log.debug("nothing")
log.enabled = True
log.debug("%d and %d", 1, 2)
log.debug("x", extra=5, more=6)
log.debug = lambda *a, **k: print("own", a, k)
log.debug("y", z=1)


def twice(flag, **kw):
    if flag:
        first = kw
        second = kw
        first["n"] = 1
        return second is kw, kw
    while not flag:
        kw = {"other": 1}
        flag = True
    return kw


print(twice(1), twice(0), twice(1, a=2))


def cleared(flag, **kw):
    if flag:
        del kw
    try:
        return kw
    except UnboundLocalError as e:
        return str(e)


print(cleared(0), cleared(1), cleared(1, a=1))


def captured(flag, **kw):
    def inner():
        return kw
    return inner() if flag else None


print(captured(1), captured(0), captured(1, a=1))


def seen(flag, **kw):
    if flag:
        return sorted(locals())
    return kw


print(seen(1), seen(0))


def generated(flag, **kw):
    if flag:
        yield kw
    yield len(kw)


print(list(generated(1)), list(generated(0, a=1)))


def handled(flag, **kw):
    try:
        if flag:
            raise ValueError(kw)
    except ValueError as e:
        return e.args, kw
    finally:
        if flag > 1:
            kw["late"] = True
    return None


print(handled(0), handled(1), handled(2), handled(2, a=1))


def nested(n, **kw):
    if n == 0:
        return kw
    return nested(n - 1, **kw)


print(nested(3), nested(3, a=1))


def merged(n, **kw):
    if n:
        return describe(n, y=1, **kw), dict(kw), {**kw, "z": 2}
    return None


print(merged(2), merged(0), merged(2, q=1))


def defaulted(a, /, b=2, *rest, c, d=4, **kw):
    if a:
        return b, rest, c, d, kw
    return None


print(defaulted(1, c=3), defaulted(1, 5, 6, 7, c=8, e=9), defaulted(0, c=1))
print(describe.__code__.co_flags, describe.__code__ == describe.__code__.replace(co_name="describe"))
copied = type(describe)(describe.__code__.replace(co_name="copied"), globals())
print(copied(3), copied(-1), functools.partial(describe, 2)(), functools.partial(describe, 2, k=1)())
print([f(2) for f in (describe, lambda x, **kw: kw if x else None)])
gc.collect()
