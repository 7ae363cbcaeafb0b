# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# tuple() of iterators whose items are at hand: none, few, and as many as are taken at once; errors in the middle, and what runs while they step.
import gc
from itertools import chain, islice, repeat, starmap, tee


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class Sequence:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        print("len", end=" ")
        return self.n

    def __getitem__(self, i):
        if i == 2:
            raise KeyError("two")
        return i * i


for n in (0, 1, 2, 31, 32, 33, 63, 64, 65, 100):
    items = list(range(n))
    made = (tuple(reversed(items)), tuple(reversed(tuple(items))), tuple(enumerate(items)), tuple(zip(items, items)), tuple(map(str, items)), tuple(filter(None, items)),
            tuple(iter(items)), tuple(iter(range(n))), tuple(chain(items, items)), tuple(chain.from_iterable([i] for i in items)), tuple(islice(items, 40)), tuple(repeat(n, n)),
            tuple(reversed(range(n))), tuple("x" * n), tuple(reversed("ab" * n)), tuple(tee(items)[1]), tuple(starmap(pow, zip(items, items))), tuple({i: i for i in items}.items()))
    print(n, [len(t) for t in made], [t[-1] if t else None for t in made if len(t) < 50], hash(made) == hash(made))
print(tuple(reversed((1, 2))), tuple(reversed([1, 2])), tuple(iter([])) is (), tuple(zip()), tuple(reversed(())) is ())
try:
    print(tuple(reversed(Sequence(5))))
except KeyError as e:
    print(repr(e))
print(tuple(reversed(Sequence(2))))


def fails(n):
    def at(i):
        if i == n:
            raise ValueError(f"at {i}")
        return Loud(f"{n} {i}") if i < 3 else i
    return at


for n in (0, 2, 33):
    try:
        tuple(map(fails(n), range(40)))
    except ValueError as e:
        print(e)
    try:
        tuple(chain([1, 2], map(fails(n), range(40))))
    except ValueError as e:
        print(e)


def growing():
    items = [1, 2, 3]

    def double(i):
        if len(items) < 6:
            items.append(i * 10)
        return i * 2
    return tuple(map(double, items)), items


print(growing())
stepped = iter([1, 2, 3, 4])
print(next(stepped), tuple(stepped), tuple(stepped))
pair = ("left", "right")
places = {("right", "left"): 1, ("left", "right"): 2}
print(places[pair], places[tuple(reversed(pair))])
cyclic = [Loud("cyclic")]
cyclic.append(cyclic)
kept = tuple(reversed(cyclic))
del cyclic
print(gc.is_tracked(kept), len(kept))
del kept
gc.collect()
print(sum(1 for _ in tuple(zip(*[iter(range(9))] * 3))))
