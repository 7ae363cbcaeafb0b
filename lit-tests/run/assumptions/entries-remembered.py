# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Entries of dicts that a look-up finds where it found one before: rows with the same columns, in other orders, with more and fewer of them, that lose
# and regain keys between and within loops, dicts of instances and modules, keys that are equal and not the same, classes with a say.


def total(rows, columns):
    found = 0
    for row in rows:
        for c in columns:
            found += row[c]
    return found


def fields(rows):
    out = []
    for r in rows:
        if r["kind"] == "a" and "size" in r:
            out.append((r["name"], r["size"] + 1, r.get("more", 0)))
        elif r["kind"] != "a":
            out.append(r["name"])
    return out


def relax(nodes, length):
    for k in nodes:
        row = length[k]
        for a in nodes:
            mine = length[a]
            through = mine[k]
            for b in nodes:
                if through + row[b] < mine[b]:
                    mine[b] = through + row[b]
    return length


columns = ["a", "b", "c", "d"]
rows = [{c: n * 10 + i for i, c in enumerate(columns)} for n in range(4)]
rows += [dict(reversed(rows[0].items())), {"x": 1, **rows[1]}, {"d": 1, "b": 2, "c": 3, "a": 4, "e": 5}]
print(total(rows, columns), total(rows * 30, columns[::-1]), total(rows * 30, ["a", "c"]))

lost = {c: 1 for c in columns}
del lost["b"]
lost["b"] = 100
print(total([lost, rows[0], lost], columns))
del lost["a"], lost["c"]
try:
    total([rows[0], lost], columns)
except KeyError as e:
    print("KeyError", e)
lost.clear()
try:
    total([rows[0], lost], columns)
except KeyError as e:
    print("KeyError", e)

records = [{"kind": "a", "name": "n%d" % i, "size": i} for i in range(3)]
records += [{"name": "other", "kind": "b"}, {"size": 5, "kind": "a", "name": "turned", "more": 7}, {"kind": "a", "name": "none"}]
print(fields(records), len(fields(records * 40)))
records[1].pop("kind")
records[1]["kind"] = "a"
print(fields(records[:3]))

infinite = float("inf")
nodes = ["p", "q", "r"]
print(relax(nodes, {a: {b: 0 if a == b else infinite for b in nodes} | {"q": 2, "r": 7} for a in nodes}))
print(relax([1, 2.0, 3], {1: {1: 0, 2: 5, 3: 9}, 2: {3: 1, 2: 0, 1: 5}, 3: {1: 9, 2: 1.5, 3: 0}}))
print(relax(["".join("pq"[i:i + 1]) for i in range(2)], {"p": {"p": 0, "q": 3}, "q": {"q": 0, "p": 4}}))

nan = float("nan")
print(total([{nan: 1, 2: 3}, {2: 5, nan: 7}], [nan, 2]))


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Default(dict):
    def __missing__(self, key):
        return 1000


class Own(dict):
    def __getitem__(self, key):
        return -1


p = Point(3, 4)
p.z = 5
print(total([{"x": 1, "y": 2, "z": 3}, vars(p), {"x": 1, "y": 2, "z": 3}, vars(p), vars(Point(8, 9)) | {"z": 1}], ["x", "y", "z"]))
print(total([rows[0], Default(a=1, c=2), Own(), rows[1]] * 10, columns))
u = v = w = 6
print(total([{"u": 1, "v": 2, "w": 3}, globals(), {"u": 1, "v": 2, "w": 3}], ["u", "v", "w"]))


def shrinking(d, keys):
    # The dict changes while a loop goes over its keys as a list does.
    found = 0
    for k in keys:
        found += d[k]
        del d[k]
        d[k] = 1
    for k in keys:
        found += d[k] * 100
    for k in reversed(keys):
        found += d.pop(k) * 10000
    return found, d


print(shrinking({k: k for k in range(20)}, list(range(20))))


def absent(table, keys):
    n = 0
    for k in keys:
        if k not in table:
            n += 1
        elif table[k]:
            n += 10
    return n


print(absent({}, columns), absent({"a": 1}, columns), absent({"b": 0, "c": 1}, columns * 20), absent(rows[0], ["a", "q", "b", "r"] * 9))
