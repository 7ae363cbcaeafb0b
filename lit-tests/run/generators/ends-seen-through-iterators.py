# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What an iterator ends with is seen through the builtin iterators that end with it, and not through those that look for its end.
import itertools


class Ending:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration(42)


class Special(StopIteration):
    pass


class EndingSpecially(Ending):
    def __next__(self):
        raise Special(1, 2)


def generator():
    return 7
    yield


def one_more():
    yield 1
    return "after one"


def with_plain_end():
    return
    yield


MAKERS = {
    "enumerate": enumerate,
    "map": lambda i: map(str, i),
    "map of two": lambda i: map(max, [1, 2], i),
    "zip": zip,
    "zip of two": lambda i: zip([1, 2], i),
    "zip of three": lambda i: zip([1, 2], [1, 2], i),
    "zip, strict": lambda i: zip(i, [], strict=True),
    "zip, strict, second": lambda i: zip([1, 2], i, strict=True),
    "filter": lambda i: filter(None, i),
    "islice": lambda i: itertools.islice(i, 5),
    "islice, later": lambda i: itertools.islice(i, 2, 5),
    "accumulate": itertools.accumulate,
    "takewhile": lambda i: itertools.takewhile(bool, i),
    "dropwhile": lambda i: itertools.dropwhile(bool, i),
    "filterfalse": lambda i: itertools.filterfalse(None, i),
    "starmap": lambda i: itertools.starmap(pow, zip(i, i)),
    "compress": lambda i: itertools.compress(i, [1, 1]),
    "compress, selectors": lambda i: itertools.compress([1, 1], i),
    "pairwise": itertools.pairwise,
    "chain": itertools.chain,
    "cycle": lambda i: itertools.islice(itertools.cycle(i), 3),
    "groupby": itertools.groupby,
    "tee": lambda i: itertools.tee(i)[0],
    "zip_longest": itertools.zip_longest,
    "comprehension": lambda i: (x for x in i),
}


def drained(iterator):
    try:
        while True:
            next(iterator)
    except StopIteration as e:
        return type(e).__name__, e.args
    except Exception as e:
        return type(e).__name__, str(e)


def delegating(iterator, results):
    results.append((yield from iterator))


def loops(make, source):
    total = 0
    for x in make(source()):
        total += 1
    for x, *y in map(lambda x: (x,), make(source())):
        total += 1
    return total, len(list(make(source()))), len([*make(source())]), next(make(source()), "none") != "none"


for name, make in MAKERS.items():
    for source in (Ending, EndingSpecially, generator, one_more, with_plain_end):
        results = []
        try:
            list(delegating(make(source()), results))
            counts = loops(make, source)
        except Exception as e:
            counts = repr(e)
        print(name, source.__name__, drained(make(source())), results, counts)

for i, (a, b) in enumerate(zip(one_more(), generator())):
    print("never")
for i, x in enumerate(one_more()):
    print(i, x)
for a, b in zip(one_more(), one_more()):
    print(a, b)
print(dict(zip("ab", one_more())), dict(enumerate(one_more())), sum(map(int, one_more())), max(filter(None, one_more())))
