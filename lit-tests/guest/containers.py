# RUN: krait run -O2 %s | diff %s.out -
# Lists, dicts and sets are seen and changed by both sides.
import numpy as np

data = [3, 1, 2]
np.random.seed(1)
np.random.shuffle(data)
print(sorted(data))
nested = [[1, 2], [3, 4]]
arr = np.array(nested)
nested[0][0] = 100
print(arr.tolist(), nested)
box = np.empty(2, dtype=object)
box[0] = data
box[1] = {"a": [1]}
print(box[0] is data)
data.append(99)
print(box[0][-1], len(box[0]), box)
box[1]["a"].append(2)
box[1]["b"] = 3
print(box[1], box[0] is data)
box[0].clear()
print(data)
print(np.array({"a": 1}), np.array([{"a": 1}, {2}])[1])
a = np.array([[1, 2], [3, 4]])
rows = a.tolist()
rows[0].append("x")
print(rows, a.tolist())
print(dict(zip(a[0], a[1])), list(enumerate(a)), [*a[0]], (*a[1],))
x, y = a
(p, q), (r, s) = a
print(x, y, p + s, q, r)
print(np.array((1, 2)), np.array(range(3)), np.array([(1, 2.5)], dtype=[("i", int), ("f", float)]))
print(np.array([[], []]).shape, np.array([None, "a", 1]), np.array([[1], [2, 3]], dtype=object))
print(np.lib.arraysetops.__name__, {1, 2} == set(np.array([1, 2, 1])), {**{"k": np.int64(1)}})
kw = {"dtype": float, "copy": True}
print(np.array(*[[1, 2]], **kw))
loop = [1]
loop.append(loop)
o = np.empty(1, dtype=object)
o[0] = loop
print(o[0][1] is loop, o[0])


# A dict that makes what is missing does so there, too.
class Squares(dict):
    def __missing__(self, key):
        self[key] = key * key
        return self[key]


import collections
lists, squares = collections.defaultdict(list, a=[1]), Squares()
box = np.empty(2, dtype=object)
box[:] = [lists, squares]
print(np.ma.core.operator.getitem(lists, "b"), np.ma.core.operator.getitem(squares, 3), lists, squares, box[0] is lists, type(box[1]).__name__)
