# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Instances that are ordered by floats and ints, as dataclasses are: in place while each is one, and of the same class.
import heapq
from dataclasses import dataclass, field


@dataclass(order=True)
class Event:
    time: float
    seq: int
    what: str = field(compare=False, default="")


@dataclass(order=True)
class Late(Event):
    pass


class Job:
    def __init__(self, cost, rank):
        self.cost = cost
        self.rank = rank

    def __lt__(self, other):
        return (self.cost, self.rank) < (other.cost, other.rank)

    def __ge__(self, other):
        return (self.cost, self.rank) >= (other.cost, other.rank)

    def __eq__(self, other):
        return self.__class__ is other.__class__ and (self.cost, self.rank) == (other.cost, other.rank)


def drain(heap, events):
    for e in events:
        heapq.heappush(heap, e)
    out = []
    while heap:
        e = heapq.heappop(heap)
        out.append((e.time, e.seq))
    return out


def pairs(jobs):
    less = same = more = 0
    for a in jobs:
        for b in jobs:
            less += a < b
            same += a == b
            more += a >= b
    return less, same, more


print(drain([], [Event(i * 7 % 5 * 0.5, i) for i in range(40)])[:6])
print(drain([], [Event(1.5, 3), Event(1, 2), Event(True, 1), Event(2 ** 60, 7), Event(2.0 ** 60, 8), Event(2 ** 60 + 1, 6), Event(1e308 * 10, 0)]))
nan = float("nan")
print(pairs([Job(i % 3 * 0.5, i % 4) for i in range(30)]))
print(pairs([Job(nan, 1), Job(nan, 2), Job(float("nan"), 1), Job(0.0, 1), Job(-0.0, 1), Job(1.0, 2)]))
print(pairs([Job(x * 0.0, 1) for x in (1e308 * 10, 2.0, -1e308 * 10)]))
print(pairs([Job(1, 2.5), Job(1.0, 2), Job("a", 1), Job(2 ** 70, 1)][:2]))
for bad in ([Job("a", 1), Job(1.0, 2)], [Job(0.5, None), Job(0.5, 1)]):
    try:
        print(pairs(bad))
    except TypeError as e:
        print(e)
for other in (Late(1.0, 1), 3, None, Job(1.0, 1)):
    try:
        print(Event(1.0, 1) == other, Event(1.0, 1) < other)
    except TypeError as e:
        print(e)


class Claims:
    @property
    def __class__(self):
        print("asked")
        return Event


class Slotted:
    __slots__ = ("time", "seq")


def isOfEvent(things):
    n = 0
    e = Event(0.5, 1)
    for t in things:
        n += t.__class__ is e.__class__
        n += (t.__class__ == Event) * 10
    return n


print(isOfEvent([Event(1.0, i) for i in range(20)]))
moved = Late(1.0, 2)
moved.__dict__["__class__"] = "mine"
print(isOfEvent([Event(1.0, 1), moved, 5, None, Event]))
print(isOfEvent([Claims()]))
changing = [Event(1.0, i) for i in range(3)]
print(isOfEvent(changing))
object.__setattr__(changing[1], "__class__", Late)
print(isOfEvent(changing), changing[1])


class Watched:
    def __init__(self, time, seq):
        self.time = time
        self.seq = seq

    def __getattribute__(self, name):
        if name == "__class__":
            return Event
        return object.__getattribute__(self, name)


print(isOfEvent([Watched(1.0, 1)]), Event(1.0, 1) < Watched(2.0, 1), Event(1.0, 1) == Watched(1.0, 1))


def withThemselves(xs):
    out = []
    for x in xs:
        y = x * 2.0 - x * 2.0
        out.append(((y, 1) < (y, 2), (y, 1) == (y, 1), (1, y) <= (1, y), (y, x) != (y, x), (x, y) > (x, y)))
    return out


print(withThemselves([1.0, 1e308 * 10, 2.0, -1e308 * 10]))
