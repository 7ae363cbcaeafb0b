# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a profile function is told of methods of builtin types: they are bound to the receiver, and those that a statement asks
# for itself are no calls.
import cProfile
import collections
import datetime
import io
import pstats
import sys


class Point:
    def __str__(self):
        return "point"


class Hinted:
    def __iter__(self):
        return iter({1: 2}.values())


def work(day, counts, point):
    day.strftime("%Y")
    counts.items()
    f"{point} {point!s:>7} {3:x}"
    "{}".format(point)
    format(point)
    [].append(1)
    list.append([], 1)
    append = [].append
    append(2)
    True.bit_length()
    "".join(["a"])
    [*Hinted(), *counts.values()]
    list(counts.values())
    try:
        [].index(3)
    except ValueError:
        pass
    point.__init__()
    with io.BytesIO() as file:
        file.read(0)
    counts[3]
    getattr(list, "append")(*([], 3))
    for letter in map(str.upper, "ab"):
        pass
    int.from_bytes(b"a", "big")


events = []


def told(frame, event, builtin):
    if event.startswith("c_"):
        owner = type(getattr(builtin, "__self__", None)).__name__
        events.append((event, type(builtin).__name__, builtin.__qualname__, owner))


day, counts, point = datetime.datetime(2020, 1, 1), collections.defaultdict(int), Point()
sys.setprofile(told)
work(day, counts, point)
sys.setprofile(None)
for event in events:
    print(*event)

profile = cProfile.Profile()
profile.runcall(work, day, counts, point)
for (file, line, name), (calls, *rest) in sorted(pstats.Stats(profile).stats.items()):
    print(name, calls)


def told_of_calls(frame, event, argument):
    if event in ("call", "c_call", "c_return") and frame.f_code.co_filename == __file__:
        events.append((event, frame.f_code.co_name, getattr(argument, "__name__", argument)))


def statements():
    class Meta(type):
        pass

    class Made(metaclass=Meta):
        kind = property(len)
        import colorsys
        size = len("four")

    import sched as unused
    from email import charset as also_unused


events.clear()
sys.setprofile(told_of_calls)
statements()
sys.setprofile(None)
for event in events:
    print(*event)
