# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
"""The locals of a function that an error left: who holds them, who sees them, when they die."""
import gc
import sys
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        if self.name != "other" or not Cyclic.died:
            print("del", self.name)


def fail(thing, number, *rest):
    other = Thing("other")
    raise ValueError(number)


def outer():
    held = Thing("held")
    fail(Thing("first"), 5, 6, 7)


def dies_with_the_traceback():
    try:
        outer()
    except ValueError as e:
        print("caught", e)
        trace = e.__traceback__
    print("behind")
    names = []
    while trace:
        names.append(trace.tb_lineno - dies_with_the_traceback.__code__.co_firstlineno)
        trace = trace.tb_next
    print(names)


def frames_show_them():
    try:
        outer()
    except ValueError as e:
        trace = e.__traceback__.tb_next
    locals_of = trace.tb_frame.f_locals
    print(sorted(locals_of), locals_of["held"].name)
    inner = trace.tb_next.tb_frame
    print({k: v for k, v in inner.f_locals.items() if k not in ("thing", "other")}, inner.f_back is trace.tb_frame)
    print(inner is trace.tb_next.tb_frame, inner.f_code.co_name)
    del trace, locals_of
    print("only the inner frame")
    inner.clear()
    print("cleared")


def counts():
    thing = Thing("counted")
    before = sys.getrefcount(thing)
    try:
        fail(thing, thing)
    except ValueError as e:
        print(sys.getrefcount(thing) - before)
        frame = e.__traceback__.tb_next.tb_frame
        print(sys.getrefcount(thing) - before)
        holders = [type(r).__name__ for r in gc.get_referrers(thing) if r is not sys._getframe()]
        print("frame" in holders, "traceback" in holders)
    del frame
    print(sys.getrefcount(thing) - before)


def who_refers():
    thing = Thing("referred")
    try:
        fail(thing, 1)
    except ValueError as e:
        print([r.f_code.co_name for r in gc.get_referrers(thing) if type(r).__name__ == "frame" and r.f_code.co_name == "fail"])
        print("frame" in [type(r).__name__ for r in gc.get_referents(e.__traceback__.tb_next)])
    print("end")


def cycle():
    def run(box):
        me = Thing("in a cycle")
        box.append(me)
        raise KeyError("x")

    box = []
    try:
        run(box)
    except KeyError as e:
        box.append(e)
    ref = weakref.ref(box[0])
    del box
    print("alive", ref() is not None)
    gc.collect()
    print("alive", ref() is not None)


def deep(n, thing):
    if n:
        deep(n - 1, thing)
    raise LookupError


def many_entries():
    thing = Thing("shared")
    before = sys.getrefcount(thing)
    try:
        deep(500, thing)
    except LookupError as e:
        print(sys.getrefcount(thing) - before)
    print(sys.getrefcount(thing) - before)


def raised_again():
    def middle(thing):
        try:
            fail(thing, 3)
        except ValueError:
            thing = None
            raise

    try:
        middle(Thing("again"))
    except ValueError as e:
        trace = e.__traceback__
        print([trace.tb_next.tb_frame.f_locals, trace.tb_next.tb_lineno - trace.tb_frame.f_lineno])
    del trace


class Cyclic:
    died = 0

    def __init__(self):
        self.me = self

    def __del__(self):
        try:
            int("none")
        except ValueError:
            Cyclic.died += 1


def collections_meanwhile():
    def run(number):
        local = Cyclic()
        del local
        Cyclic()
        fail([number], number)

    gc.set_threshold(1, 1, 1)
    caught = 0
    for number in range(2000):
        try:
            run(number)
        except ValueError as e:
            caught += e.args == (number,)
    gc.set_threshold(700, 10, 10)
    gc.collect()
    print(caught, Cyclic.died)


for test in dies_with_the_traceback, frames_show_them, counts, who_refers, cycle, many_entries, raised_again, collections_meanwhile:
    print("--", test.__name__)
    gc.collect()
    test()
