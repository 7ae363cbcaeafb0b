# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Lists, dicts, tuples and strings that change length or kind of item while loops run over them or index them.
def show(*a): print(*a)
def grows(xs, limit):
    s = 0
    for x in xs:
        s += x
        if len(xs) < limit: xs.append(x + 1)
    return s, len(xs)
show("grows", grows([1], 150), grows([0.5], 150), grows([2**62 - 100], 150))
def shrinks(xs):
    s = c = 0
    for x in xs:
        s += x; c += 1
        if xs[-1] > x: xs.pop()
    return s, c, len(xs)
show("shrinks", shrinks(list(range(200))), shrinks([i / 2 for i in range(200)]))
def cleared(xs, at):
    c = 0
    for x in xs:
        c += 1
        if c == at: xs.clear()
    else: c += 1000
    return c, xs
show("cleared", cleared([1] * 150, 120), cleared([1.0] * 150, 149))
def refilled(n):
    xs, s = [1] * n, 0
    for x in xs:
        s += x if type(x) is int else len(x)
        if s == 100: xs[:] = ["ab"] * 120
    return s
show("refilled", refilled(150))
def indexed(xs, n):
    s = 0
    try:
        for i in range(n):
            if i == 100: xs.pop()
            s += xs[i] + xs[-1]
    except IndexError as e: return s, i, len(xs)
show("indexed", indexed([1] * 120, 150), indexed([0.5] * 120, 150))
def by_length(xs):
    i = s = 0
    while i < len(xs):
        s += xs[i]
        if i == 50: xs.extend([100.5] * 10)
        if i == 70: del xs[100:]
        i += 1
    return s, i
show("by length", by_length([1] * 150))
def range_of_length(xs):
    s = 0
    try:
        for i in range(len(xs)):
            if xs[i] == 5: del xs[i]
            s += xs[i]
    except IndexError as e: return s, i, str(e)
show("range", range_of_length([1, 2, 5] * 50))
def kinds(xs, n):
    s = 0
    for i in range(n):
        k = i % len(xs)
        if i == 90: xs[0] = 0.5
        if i == 100: xs[1] = "abc"
        if i == 110: xs[2] = None
        if i == 120: xs[:] = [2**62, 2**62]
        if i == 130: xs[:] = [True, False, -0.0]
        x = xs[k] if k < len(xs) else 0
        if x is None: s += 7
        elif type(x) is str: s += len(x)
        else: s += x
    return s
show("kinds", kinds([1, 2, 3], 150))
def rebound(xs, n):
    s = 0
    for i in range(n):
        for x in xs: s += x
        if i == 80: xs = (1.5, 2)
        if i == 100: xs = {1: 2, 3: 4}
        if i == 110: xs = range(4)
        if i == 120: xs = (x for x in (5, 6))
        if i == 130: xs = b"ab"
    return s
show("rebound", rebound([1, 2], 150))
def inserts_before(xs):
    c = 0
    for x in xs:
        c += 1
        if c < 120: xs.insert(0, x)
        else: break
    return c, len(xs), x
show("inserted", inserts_before([1, 2, 3]))
def removes(xs):
    seen = []
    for x in xs:
        seen.append(x)
        xs.remove(x)
    return len(seen), sum(seen), len(xs)
show("removes", removes(list(range(300))))
def sorted_meanwhile(xs):
    s = 0
    for i, x in enumerate(xs):
        s += i * x
        if i == 50: xs.sort()
        if i == 80: xs.reverse()
    return s
show("sorted", sorted_meanwhile([(i * 37) % 101 for i in range(150)]))
def in_key(n):
    xs, out = list(range(n)), []
    def key(x):
        out.append(len(xs))
        if x == 5: xs.append(1)
        return -x
    try: xs.sort(key=key)
    except ValueError as e: return str(e), set(out), len(xs)
show("in sort", in_key(150))
def nested_changes(rows):
    s = 0
    for row in rows:
        for x in row:
            s += x
            if x == 70: rows[-1] = [0.25, 1]
            if x == 71: row.append(1000)
    return s
show("nested", nested_changes([[i, i + 1] for i in range(0, 150, 2)]))
def dict_grows(n):
    d, s = {i: i for i in range(n)}, 0
    try:
        for k in d:
            s += d[k]
            if k == 120: d[n] = 1
    except RuntimeError as e: return s, k, str(e)
show("dict", dict_grows(150))
def dict_same_size(n):
    d, s = {i: i for i in range(n)}, 0
    try:
        for k, v in d.items():
            s += v
            if k == 100: d[149] = 0.5
            if k == 120: del d[121]; d["x"] = 3
    except RuntimeError as e: return s, k, str(e)
    return s
show("items", dict_same_size(150))
def dict_values_change(n):
    d, s = {i: 1 for i in range(10)}, 0
    for i in range(n):
        for v in d.values(): s += v
        d[i % 10] = i / 2 if i > 120 else i
    return s
show("values", dict_values_change(150))
def dict_keys_kinds(n):
    d, s = {}, 0
    for i in range(n):
        k = i if i < 90 else str(i) if i < 110 else (i, i) if i < 130 else i / 2 if i < 140 else None
        d[k] = i
        s += d[k] + len(d) + (k in d)
    return s, d.get(None), d.get(65.0), d.get((110, 110)), d.get("95")
show("keys", dict_keys_kinds(150))
def set_changes(n):
    t, c = set(range(n)), 0
    try:
        for x in t:
            c += x
            if c > 5000: t.add(c)
    except RuntimeError as e: return c, str(e)
show("set", set_changes(150))
def slices(xs, n):
    s = 0
    for i in range(n):
        s += len(xs[i % 7:]) + sum(xs[::-1][:2])
        if i == 100: xs[2:4] = [9, 9, 9, 9]
        if i == 120: xs[::2] = [0.5] * len(xs[::2])
        if i == 130: del xs[1:]
    return s, xs
show("slices", slices([1, 2, 3, 4, 5], 150))
def subclass(n):
    class L(list):
        def __getitem__(self, i): return 1000
        def __iter__(self): return iter((7, 8))
        def __len__(self): return 3
    xs, s = [1, 2], 0
    for i in range(n):
        if i == 100: xs = L([1, 2])
        s += xs[0] + len(xs)
        for x in xs: s += x
        a, b = xs
        s += b
        if i == 120: s += sum(xs) + max(xs) + len([*xs]) + xs.index(2)
    return s
show("subclass", subclass(150))
def aliased(n):
    xs = [0] * 5
    ys = xs
    s = 0
    for i in range(n):
        xs[i % 5] += 1
        s += ys[(i + 1) % 5]
        if i == 100: ys.append(0.5)
        if i == 120: xs = xs + [1]
        s += len(xs) * 2 - len(ys)
    return s, xs == ys
show("aliased", aliased(150))
def callee_changes(n):
    xs = [1, 2, 3]
    def touch(i):
        if i == 100: xs[1] = 2.5
        if i == 110: xs.pop()
        if i == 120: xs[:] = ["s"]
        return 0
    s = 0
    try:
        for i in range(n): s += xs[0] + touch(i) + xs[-1]
    except TypeError as e: return s, i, str(e)
show("callee", callee_changes(150))
class Grid:
    def __init__(self, n): self.rows = [[0] * n for _ in range(n)]
    def set(self, x, y, v): self.rows[y][x] = v
    def get(self, x, y): return self.rows[y][x]
def grids(n):
    g, s = Grid(12), 0
    for i in range(n):
        g.set(i % 12, i // 12 % 12, i)
        if i == 100: g.rows[3] = tuple(range(12))
        if i == 110: g.rows[4] = {j: 0.5 for j in range(12)}
        if i == 120: g.rows = g.rows[:-1] + [bytearray(12)]
        try: s += g.get((i * 7) % 12, (i * 5) % 12)
        except TypeError: s += 1
    return s
show("grid", grids(36), grids(140))
def strings(t, n):
    c = 0
    for i in range(n):
        for ch in t: c += ch == "a"
        if i == 100: t = "äa€"
        if i == 120: t = ["a", 1, "ab"]
        if i == 140: t = {"a": 1}
    return c
show("strings", strings("banana", 150))
def string_index(n):
    t, out = "abc", ""
    for i in range(n):
        if i == 100: t = "\U0001F600xyz"
        if i == 120: t = ["l", "m", "n"]
        out += t[i % 3]
        if t == "abc" and i == 50: t += "d"
    return out[98:104], out[-3:], len(out)
show("index", string_index(150))
def bytes_items(n):
    b, s = bytearray(10), 0
    for i in range(n):
        b[i % len(b)] = i
        s += b[(i * 3) % len(b)]
        if i == 100: b.append(255)
        if i == 120: del b[5:]
        if i == 130: b = [0.5] * 4
    return s
show("bytes", bytes_items(150))
def enumerated(xs):
    s = 0
    for i, x in enumerate(xs):
        s += i * x
        if i == 100: xs.extend([0.5, 1])
        if i == 120: xs[121] = 2**62
    return s, i
show("enumerate", enumerated([1] * 150))
def zipped(xs, ys):
    s = 0
    for x, y in zip(xs, ys):
        s += x * y
        if s > 100 and len(ys) > 5: ys.pop()
        if len(xs) == 150: xs[80] = 0.5
    return s, len(ys)
show("zip", zipped([1] * 150, [1] * 150))
def reversed_changes(xs):
    s = 0
    for x in reversed(xs):
        s += x
        if x == 100: del xs[50:]
        if x == 20: xs.append(1000)
    return s
show("reversed", reversed_changes(list(range(150))))
def iterators_shared(n):
    xs = list(range(n))
    it, s = iter(xs), 0
    for x in it:
        s += x
        if x == 100: next(it); xs.append(0.5)
        if x == 120: xs.append(next(it))
    return s, list(it), xs[-2:]
show("shared", iterators_shared(150))
def exhausted(n):
    xs = [1] * n
    it = iter(xs)
    s = sum(it)
    xs.append(5)
    return s, list(it), sum(iter(xs))
show("exhausted", exhausted(150))
def two_loops(n):
    xs, c = list(range(n)), 0
    for x in xs:
        for y in xs:
            c += 1
            if y == 3 and len(xs) > 5: xs.pop(); break
    return c, len(xs)
show("two loops", two_loops(150))
def queue(n):
    from collections import deque
    q, s = deque([1]), 0
    try:
        for x in q:
            s += x
            if s == 1: continue
            q.append(1)
    except RuntimeError as e: s = str(e)
    q, c = [0], 0
    while q:
        x = q.pop(0)
        c += 1
        if c < n: q += [x + 1, x / 2] if c > 100 else [x + 1]
    return s, c, x
show("queue", queue(150))
def tuples(n):
    t, s = (1, 2.5, "x"), 0
    for i in range(n):
        for x in t: s += x if type(x) is not str else 1
        if i == 100: t = t + (2**62,)
        if i == 120: t = t[::-1]
        if i == 140: t = ()
    return s
show("tuples", tuples(150))
def comprehension_changes(n):
    xs = list(range(n))
    return len([x for x in xs if x < 100 or xs.pop()]), len(xs), [xs.append(0.5) or len(xs) for x in xs[:3]]
show("comprehension", comprehension_changes(150))
xs = [1] * 100
total = 0
for x in xs:
    total += x
    if total == 50: xs.append(0.5); xs[60] = 2**62
    if total == 52: xs[99] = True
    if len(xs) < 130: xs.append(x)
show("top", total, len(xs))
