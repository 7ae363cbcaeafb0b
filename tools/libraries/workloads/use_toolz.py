# python3-toolz python3-cachetools python3-sortedcontainers python3-boltons: iterators, caches and sorted containers.
import toolz, toolz.curried as c, cachetools, sortedcontainers as sc, boltons.iterutils as bi, boltons.strutils as bs, boltons.cacheutils
print(toolz.pipe(range(10), c.filter(lambda x: x % 2), c.map(lambda x: x * x), list), toolz.groupby(len, ["a", "bb", "c"]), toolz.merge_with(sum, {"a": 1}, {"a": 2}), list(toolz.sliding_window(2, "abc")), toolz.get_in(["a", 0], {"a": [5]}), toolz.update_in({"a": {"b": 1}}, ["a", "b"], lambda x: x + 1), toolz.compose(str, len)("abc"), toolz.curry(lambda a, b, c=3: (a, b, c))(1)(2), toolz.frequencies("abca"), toolz.reduceby(lambda x: x % 2, lambda a, b: a + b, range(5), 0))
lru = cachetools.LRUCache(2); lru["a"] = 1; lru["b"] = 2; lru["a"]; lru["c"] = 3
print(sorted(lru), lru, cachetools.TTLCache(3, 10, timer=lambda: 0))
calls = []
@cachetools.cached(cachetools.LFUCache(2), key=cachetools.keys.typedkey)
def f(x): calls.append(x); return x
[f(x) for x in (1, 1.0, 1, 2, 1)]; print(calls)
s = sc.SortedDict({"b": 1, "a": 2}); l = sc.SortedKeyList([3, -1, 2], key=abs); l.update(range(2000)); st = sc.SortedSet([3, 1, 2])
print(s, l[:5], l.bisect_key(3), st[0], st & {1, 5}, s.peekitem(0), list(s.irange("a", "b")), len(l), sc.SortedList([1, 2]) + [0])
print(bi.chunked(range(5), 2), bi.remap({"a": [1, None, {"b": None}]}, visit=lambda p, k, v: v is not None), bs.slugify("A b c!"), bs.camel2under("CamelCase"), list(bi.windowed([1, 2, 3], 2)), bi.research({"a": {"b": 1}}, lambda p, k, v: v == 1))
