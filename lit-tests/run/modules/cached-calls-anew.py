# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Calls that a functools cache has not seen: what it knows of their keys, and what the function, hashes and comparisons do to the cache meanwhile.
from functools import cache, lru_cache


@cache
def ways(i, j, k):
    if i == 0 or j == 0:
        return k
    return ways(i - 1, j, k) + ways(i, j - 1, k) - ways(i - 1, j - 1, k)


print(ways(9, 9, 4), ways(9, 9, 4.0), ways.cache_info())


@cache
def forgets(a, b=0):
    if a % 3 == 0:
        forgets.cache_clear()
    return (a, b) if a == 0 else forgets(a - 1, b)


print(forgets(10), forgets(10), forgets.cache_info(), forgets(4, b=1), forgets(4, 1), forgets.cache_info())


class Key:
    def __init__(self, v):
        self.v = v

    def __hash__(self):
        print("hash", self.v)
        return 7

    def __eq__(self, other):
        print("eq", self.v, other.v)
        if self.v == 0:
            asked.cache_clear()
        return self.v == other.v


@lru_cache(maxsize=None)
def asked(key, n):
    return key.v, n


print(asked(Key(1), 1), asked(Key(2), 1), asked(Key(1), 1), asked.cache_info())
print(asked(Key(0), 1), asked(Key(0), 1), asked.cache_info())
for bad in (([],), (1, {}), ({1: 2}, [])):
    try:
        asked(*bad)
    except TypeError as e:
        print(e)


@lru_cache(maxsize=2)
def few(*args):
    print("few", args)
    if args == (1, 2):
        few(1, 2, 3)
        few(4)
    return len(args)


print(few(1, 2), few(1, 2), few(4), few(1, 2, 3), few("x"), few(1, 2), few(), few.cache_info())


@cache
def fails(a, b):
    raise ValueError(a + b)


for _ in range(2):
    try:
        fails(1, 2)
    except ValueError as e:
        print("failed", e, fails.cache_info())


@lru_cache(typed=True)
def typed(x, y):
    return type(x).__name__


print(typed(1, 2), typed(1.0, 2), typed(True, 2), typed.cache_info().currsize, typed(x=1, y=2), typed(1, 2), typed.cache_info().hits)


@cache
def same(text):
    return text if len(text) > 40 else same(text + text) if len(text) % 2 else same(text + "-")


print(same("ab"), same("ab"), same.cache_info())
