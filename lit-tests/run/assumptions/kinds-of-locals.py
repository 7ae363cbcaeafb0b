# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Locals, parameters, results and items that change what they hold in the middle of a loop.
def show(*a): print(*a)
def int_float_int(n):
    x, out = 0, []
    for i in range(n):
        if i % 50 == 10: x = x + 0.5
        elif i % 50 == 30: x = int(x)
        else: x += 1
        if i % 50 in (9, 10, 30): out.append(x)
    return out
show("int float int", int_float_int(150))
def each_kind(n):
    values = [1, 1.5, True, None, "s", b"b", (1,), [2], {3: 4}, {5}, 2**70, 1j, len, int, range(3), ...]
    seen = {}
    x = 0
    for i in range(n):
        x = values[i * 7 % 16]
        seen[type(x).__name__] = seen.get(type(x).__name__, 0) + 1
        if isinstance(x, (int, float)) and x is not True: x = x + 1
    return seen
show("each", each_kind(160))
def two_places(n):
    a, b = 1, 1.0
    for i in range(n):
        a, b = b, a
        if i == 100: a = "x"
        if i == 101: b = 5; a = 5.5
    return a, b
show("swapped", two_places(99), two_places(101), two_places(150))
def branch_kinds(n, flag):
    s = 0
    for i in range(n):
        if flag and i > 100: x = 0.5
        elif i % 2: x = i
        else: x = True
        s = s + x
    return s
show("branches", branch_kinds(150, False), branch_kinds(150, True))
def none_first(n):
    best = None
    for i in range(n):
        v = (i * 37) % 101 / (1 if i < 90 else 2)
        if best is None or v > best: best = v
    return best
show("none first", none_first(80), none_first(150))
def none_later(n):
    x = 0
    try:
        for i in range(n):
            if i == 130: x = None
            x += 1
    except TypeError as e: return i, x, str(e)
show("none later", none_later(150))
def text_later(n):
    x = 0
    for i in range(n):
        if i == 100: x = str(x)
        if i < 100: x += i
        else: x += str(i % 10)
    return x
show("text", text_later(150))
def list_later(n):
    x = 1
    for i in range(n):
        if i == 100: x = [x]
        x = x + x if i >= 148 or i < 40 else x
        x = x * 1
    return x
show("list", list_later(150))
def parameters(a, b, n):
    for i in range(n):
        a += b
        if i == 100: b = b / 2
    return a
show("parameters", parameters(0, 1, 150), parameters(0.5, 1, 150), parameters(1, 2**62, 150), parameters("a", "b", 50), parameters((), (1,), 5), parameters(1j, 2, 150))
def result_kind(i): return i if i < 100 else i / 2 if i < 120 else None if i < 130 else str(i)
def results(n):
    s, others = 0, 0
    for i in range(n):
        r = result_kind(i)
        if isinstance(r, (int, float)): s += r
        else: others += 1 if r is None else len(r)
    return s, others
show("results", results(150))
def recursive_kind(n): return 0 if n == 0 else recursive_kind(n - 1) + (1 if n != 120 else 0.5)
show("recursive", recursive_kind(110), recursive_kind(150))
def items_of(xs):
    s = 0
    for x in xs:
        if type(x) is str: s += len(x)
        elif x is None: s += 1000
        else: s += x
    return s
show("items", items_of([1] * 150), items_of([1.5] * 150), items_of([1] * 100 + [0.5] * 50), items_of([1.0] * 100 + [2**65, "abc", None, True, -0.0]), items_of(["a"] * 120 + [3]))
def item_changes(n):
    xs = [0] * 10
    for i in range(n):
        k = i % 10
        if i == 100: xs[3] = 0.5
        if i == 110: xs[4] = 2**62
        if i == 120: xs[5] = True
        xs[k] = xs[k] + 1
        if i == 130: xs[6] = "t"
        if i == 135: xs[6] = -1
    return xs
show("item changes", item_changes(150))
def loop_variable(n):
    s = 0
    for i in range(n):
        if i > 140: i = i / 2
        if i == 5: i = "five"
        s += len(i) if type(i) is str else i
    return s, i
show("loop variable", loop_variable(150))
def deleted(n):
    try:
        for i in range(n):
            x = i
            if i == 130: del x
            y = x + 1
    except UnboundLocalError as e: return i, y, str(e)
show("deleted", deleted(150))
def deleted_and_set(n):
    x, c = 0, 0
    for i in range(n):
        if i % 10 == 0: del x
        try: x += 1
        except UnboundLocalError: x, c = i / 10, c + 1
    return x, c
show("deleted and set", deleted_and_set(150))
def maybe_unbound(n, k):
    if k: y = 1
    s = 0
    try:
        for i in range(n):
            if i == 100: y = 0.5
            if i >= 100 or k: s += y
        return s
    finally: s = y
show("maybe", maybe_unbound(150, 1), maybe_unbound(150, 0))
def while_kinds(n):
    x, c = n, 0
    while x > 0.001:
        x = x - 1 if x > 100 else x / 2
        c += 1
    return x, c
show("while", while_kinds(150), while_kinds(150.5), while_kinds(2**70 % 1000))
def nested(n):
    s = 0
    for i in range(n):
        t = 0
        for j in range(3):
            if i == 120 and j == 1: t = t + 0.5
            if i == 130: t = "abc"[:j + 1]
            t = t + (1 if type(t) is not str else "q")
        s += t if type(t) is not str else len(t)
    return s
show("nested", nested(150))
def accumulators(n):
    a, b, c, d = 0, 0.0, "", []
    for i in range(n):
        a, b, c, d = a + 1, b + a, c + "x", d + [i] if i < 3 else d
        if i == 100: a, b, c, d = b, a, d, c
        if i == 101: a, b, c, d = int(a), float(b), d, c
        if i == 100: c, d = d, c
        if i == 101: c, d = d, c
    return a, b, len(c), d
show("accumulators", accumulators(150))
def star(n):
    s = 0
    for i in range(n):
        a, *b = (i,) if i < 100 else (i / 2, 1, 2.5)
        s += a + sum(b)
    return s, a, b
show("star", star(150))
def walrus(n):
    s = 0
    for i in range(n):
        if (x := i * 0.5 if i > 100 else i) and x > 90: s += x
    return s, x
show("walrus", walrus(150))
def tuple_kinds(n):
    p, s = (1, 2), 0
    for i in range(n):
        a, b = p
        s += a * b
        if i == 100: p = (1.5, 2)
        if i == 120: p = [3, True]
        if i == 140: p = "ab"; break
    try: a, b = p; s += a * b
    except TypeError as e: return s, a, b, str(e)
show("tuples", tuple_kinds(150))
def wrong_length(n):
    p, s = (1, 2), 0
    try:
        for i in range(n):
            if i == 120: p = (1, 2, 3)
            a, b = p
            s += a + b
    except ValueError as e: return s, i, str(e)
show("length", wrong_length(150))
def comparisons(n):
    x, c = 5, 0
    try:
        for i in range(n):
            if i == 80: x = 5.5
            if i == 100: x = True
            if i == 120: x = "5"
            if x == 5: c += 1
            if x != i: c += 10
            if x < i: c += 100
    except TypeError as e: return c, i, str(e)
show("comparisons", comparisons(150))
def conditions(n):
    values, c = [0, 1, 0.0, -0.0, 0.5, "", "a", None, [], [0], (), {}, 2**70, float("nan"), False, 0j], 0
    x = 1
    for i in range(n):
        x = values[i % 16]
        if x: c += 1
        if not x: c += 100
        c += 10000 if x and i else 0
        x = x or i
        while x:
            x = None
    return c
show("conditions", conditions(160))
def bool_arithmetic(n):
    b, s = True, 0
    for i in range(n):
        b = not b if i % 3 else b + 0
        s += b
        if i == 100: b = b * 0.5
    return s, b
show("bool", bool_arithmetic(150))
def power_kind(n):
    s = 0
    for i in range(n): s += 2 ** (3 - i % 5)
    return s
show("power", power_kind(150))
def divide_kind(n):
    x = 2**10
    out = []
    for i in range(n):
        x = x / 2 if i % 2 else x // 1
        if i > 145: out.append(x)
    return out
show("divide", divide_kind(150))
def global_kinds(n):
    global g
    g = 0
    for i in range(n):
        g = g + i
        if i == 100: g = g * 1.0
        if i == 120: g = int(g)
    return g, type(g).__name__
show("global", global_kinds(110), global_kinds(150))
class C:
    k = 0
def class_kinds(n):
    C.k, s = 0, 0
    for i in range(n):
        C.k += 1
        if i == 100: C.k = 0.5
        if i == 120: C.k = True
        s += C.k
    return s, C.k
show("class", class_kinds(150))
def from_dict(d, n):
    s = 0
    for i in range(n):
        s += d["a"] * d["b"]
        if i == 100: d["a"] = 0.5
        if i == 120: d["b"] = 2**40
    return s
show("dict", from_dict({"a": 2, "b": 3}, 150), from_dict({"a": 2.5, "b": True}, 90))
def argument_kinds(n):
    def f(x, y=1): return x + y
    s = 0
    for i in range(n):
        s += f(i) if i < 80 else f(i, 0.5) if i < 100 else f(0.5, True) if i < 120 else f(2**62, i)
    return s
show("arguments", argument_kinds(150))
