# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What an iterator lets go of takes the iterator's next item: when each of its parts is read and dropped can be seen.
import itertools

log = []
running = None


class Item:
    def __init__(self, n): self.n = n
    def __repr__(self): return f'I{self.n}'
    def __add__(self, other): return Item(self.n + other.n)

    def __del__(self):
        log.append(self.n)
        if running is None: return
        try: log.append(repr(next(running)).partition('<')[0])
        except StopIteration: log.append('stop')


def items(n):
    for k in range(n): yield Item(k)


def drop_each(make):
    global running
    log.clear()
    out = []
    running = make()
    for item in running:
        out.append(repr(item).partition('<')[0])
        item = None
        if len(out) > 20: break
    running = None
    return out, log[:]


def keep_some(make):
    global running
    log.clear()
    kept = []
    running = make()
    for n, item in enumerate(running):
        if n % 2: kept.append(item)
        if n > 20: break
    running = item = None
    return repr(kept) if '<' not in repr(kept) else len(kept), log[:]


makers = dict(
    zip=lambda: zip(items(8), range(20)),
    zip_second=lambda: zip(range(20), items(8)),
    zip_one=lambda: zip(items(6)),
    zip_three=lambda: zip(items(9), range(20), items(9)),
    zip_list=lambda: zip([Item(n) for n in range(5)], [Item(n) for n in range(5, 10)]),
    zip_strict=lambda: zip(items(4), items(4), strict=True),
    enumerate=lambda: enumerate(items(8)),
    values=lambda: iter({n: Item(n) for n in range(4)}.items()),
    pairwise=lambda: itertools.pairwise(items(7)),
    islice=lambda: itertools.islice(items(12), 1, 9, 2),
    groupby=lambda: itertools.groupby(items(8), lambda item: item.n // 2),
    groupby_items=lambda: itertools.groupby(items(5)),
    takewhile=lambda: itertools.takewhile(lambda item: item.n < 5, items(8)),
    dropwhile=lambda: itertools.dropwhile(lambda item: item.n < 3, items(8)),
    filterfalse=lambda: itertools.filterfalse(lambda item: item.n % 3, items(8)),
    filter=lambda: filter(lambda item: item.n % 3, items(8)),
    map=lambda: map(lambda item, n: n, items(8), range(20)),
    starmap=lambda: itertools.starmap(lambda item, n: n, zip(items(5), range(20))),
    compress=lambda: itertools.compress(items(8), [0, 1, 0, 0, 1, 1, 0, 1]),
    chain=lambda: itertools.chain([Item(1)], items(3)),
    accumulate=lambda: itertools.accumulate(items(6), lambda a, b: b),
    accumulate_sums=lambda: itertools.accumulate(items(9)),
    accumulate_initial=lambda: itertools.accumulate(items(9), initial=Item(100)),
)
for name, make in makers.items():
    for act in drop_each, keep_some:
        try: print(name, *act(make))
        except Exception as error: print(name, repr(error))
        running = None


# A group's items are asked for while what it held asks, too.
class Dropped:
    def __init__(self, n): self.n = n

    def __del__(self):
        for group in groups: log.append(next(group, None) is None)


groups = []
for step in range(3):
    log.clear()
    total = 0
    for key, group in itertools.groupby((Dropped(n) for n in range(12)), lambda dropped: dropped.n // 4):
        groups.append(group)
        if step == 2: continue
        for item in group:
            total += 1
            item = None
            if step: break
    groups.clear()
    print(total, log)


# The sum asks for the next one while it is made; a chain's source and a cycle's list change while they are read.
class Adding:
    def __init__(self, n): self.n = n

    def __add__(self, other):
        if other.n % 2: log.append(next(sums).n)
        return Adding(self.n + other.n)


log.clear()
sums = itertools.accumulate(Adding(n) for n in range(1, 9))
print([item.n for item in sums], log)


def source():
    yield [1, 2]
    try: next(joined)
    except ValueError as error: print(error)
    yield [3]


joined = itertools.chain.from_iterable(source())
print(next(joined), next(joined), next(joined), list(joined))
