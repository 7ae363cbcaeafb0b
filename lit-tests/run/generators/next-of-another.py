# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Classes whose __next__ is that of another iterator, bound: a generator's, a list iterator's; how they end and fail, with tracebacks, with
# references, with a class that changes under the loop; and what is told of XML to a queue of one's own.
import collections.abc
import sys
import traceback
import xml.etree.ElementTree as ET


def count(n, fail=False):
    for i in range(n):
        yield i
    if fail:
        raise ValueError("at the end")
    return "answer"


def over(function):
    class Over(collections.abc.Iterator):
        __next__ = function
    return Over()


print(list(over(count(5).__next__)), sum(over(iter([1, 2, 3]).__next__)), dict(zip("abc", over(count(3).__next__))))
print([a for a, b in over(zip("xy", "zw").__next__)], [*over(map(str, [1, 2]).__next__)])
it = over(count(2).__next__)
print(next(it), next(it), next(it, "default"))
for _ in range(2):
    try:
        next(it)
    except StopIteration as e:
        print("stop", e.value, len(traceback.extract_tb(e.__traceback__)))
print(next(over(count(0).__next__), None))
try:
    for x in over(count(1, True).__next__):
        print(x)
except ValueError as e:
    print([f.name for f in traceback.extract_tb(e.__traceback__)])


class Loud:
    def __del__(self):
        print("dropped")


def holder():
    loud = Loud()
    yield loud
    yield loud


g = holder()
it = over(g.__next__)
before = sys.getrefcount(g)
for item in it:
    print(type(item).__name__, sys.getrefcount(g) - before)
del item
print("ended")


class Changing:
    __next__ = count(3).__next__

    def __iter__(self):
        return self


seen = []
for x in Changing():
    seen.append(x)
    if x == 1:
        Changing.__next__ = iter("ab").__next__
print(seen)


def replaces():
    yield 1
    Deep.__next__ = lambda self: next(other)
    yield 2


class Deep:
    def __iter__(self):
        return self


other = iter([10, 20])
g = replaces()
Deep.__next__ = g.__next__
del g
print(list(Deep()))
Deep.__next__ = None
try:
    list(Deep())
except TypeError as e:
    print(e)


def recursing():
    yield from self_over


self_over = over(recursing().__next__)
try:
    next(self_over)
except ValueError as e:
    print(e)

TEXT = "<r a='1'><x>t</x><!-- c --><?p i?><y xmlns:n='u'><n:z/></y>tail</r>"
EVENTS = ("start", "end", "comment", "pi", "start-ns", "end-ns")


class Queue(list):
    def append(self, pair):
        super().append((pair[0], getattr(pair[1], "tag", pair[1])))


def told(queue):
    parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True, insert_pis=True))
    parser._setevents(queue, EVENTS)
    parser.feed(TEXT)
    return parser.close()


def shown(pairs):
    return [(name, getattr(v.tag, "__name__", v.tag) if hasattr(v, "tag") else v) for name, v in pairs]


for queue in ([], collections.deque(), collections.deque(maxlen=2)):
    print(told(queue).tag, shown(queue))
queue = Queue()
told(queue)
print([(name, getattr(v, "__name__", v)) for name, v in queue])


class Full:
    def append(self, pair):
        raise KeyError(pair[0])


try:
    told(Full())
except KeyError as e:
    print("refused", e)
pull = ET.XMLPullParser(EVENTS)
pull.feed(TEXT)
print(shown(pull.read_events()))
