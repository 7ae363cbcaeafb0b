# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Attributes of instances over methods and class attributes, through __dict__ and vars, deleted, and of other kinds.
import types
def show(*a): print(*a)
class P:
    kind = "class"
    def __init__(self, x, y): self.x, self.y = x, y
    def total(self): return self.x + self.y
    def scaled(self, k): return self.total() * k

def over_method(n):
    o, s = P(1, 2), 0
    for i in range(n):
        if i == 100: o.total = lambda: 50
        if i == 150: del o.total
        s += o.scaled(2)
    return s
show("over a method", over_method(200))

def one_of_many(n):
    objects, s = [P(i, 1) for i in range(10)], 0
    for i in range(n):
        if i == 100: objects[3].total = lambda: 1000
        if i == 140: objects[4].__dict__["total"] = lambda: -1000
        if i == 170: vars(objects[4]).pop("total")
        s += objects[i % 10].total()
    return s
show("one of many", one_of_many(200))

def class_attribute(n):
    o, out = P(1, 2), 0
    for i in range(n):
        if i == 50: o.kind = "own"
        if i == 100: del o.kind
        if i == 150: P.kind = 3.5
        out += len(o.kind) if type(o.kind) is str else o.kind
    P.kind = "class"
    return out
show("class attribute", class_attribute(200))

def kinds(n):
    o, out = P(1, 2), []
    for i in range(n):
        if i == 100: o.x = 1.5
        if i == 120: o.x = 2**62
        if i == 130: o.x = 2**70
        if i == 140: o.x = True
        if i == 150: o.x = "a"; o.y = "b"
        if i == 160: o.x, o.y = [1], [2.5]
        if i == 170: o.x, o.y = 0.0, -0.0
        if i == 175: o.x, o.y = -0.0, -0.0
        if i == 180: o.x, o.y = 1, 2
        v = o.total()
        if i % 10 == 0 and i > 80 or i == 175: out.append(v)
    return out
show("kinds", kinds(200))

def by_dict(n):
    o, s = P(1, 2), 0
    for i in range(n):
        if i == 60: vars(o)["x"] = 0.25
        if i == 80: o.__dict__["y"] = 10**20
        if i == 100: o.__dict__.update(x="1", y="2")
        if i == 120: o.__dict__ = {"x": 5, "y": 6, "z": 7}
        if i == 140: o.__dict__ = dict(y=1, x=100)
        if i == 160: o.__dict__.clear(); P.x, P.y = 3, 4
        if i == 180: o.x = 1.5; o.y = 2
        t = o.total()
        s += int(t) if type(t) is str else t
    del P.x, P.y
    return s, sorted(vars(o))
show("dict", by_dict(200))

def gone(n):
    o, s = P(1, 2), 0
    try:
        for i in range(n):
            if i == 150: del o.y
            s += o.total()
    except AttributeError as e: return i, s, str(e), e.name, e.obj is o
show("gone", gone(200))
def gone_by_dict(n):
    o, s = P(1, 2), 0
    try:
        for i in range(n):
            if i == 150: o.__dict__.pop("x")
            s += o.total()
    except AttributeError as e: return i, s, str(e)
show("gone by dict", gone_by_dict(200))

def order(n):
    objects = []
    for i in range(n):
        o = P.__new__(P)
        if i % 3 == 0: o.x = i; o.y = 1
        elif i % 3 == 1: o.y = 1; o.x = i
        else: o.z = 0; o.y = 1; del o.z; o.x = i
        objects.append(o)
    return sum(o.total() for o in objects), [list(vars(o)) for o in objects[:3]]
show("order", order(150))

def many(n):
    o = P(0, 0)
    for i in range(n): setattr(o, f"a{i}", i)
    s = 0
    for i in range(n):
        s += getattr(o, f"a{i}") + o.x
        if i % 2: delattr(o, f"a{i}")
    return s, len(vars(o)), o.total()
show("many", many(150))

def written(n):
    o = P(0, 0)
    for i in range(n):
        o.x += 1
        if i == 100: o.x = 0.5
        if i == 120: vars(o)["x"] = 2**62 - 3
        if i == 130: o.__dict__["x"] = float("nan")
        if i == 131: o.x = 0
        if i == 140: o.__dict__ = {"x": -1, "y": 0}
    return o.x, o.y
show("written", written(124), written(129), written(131), written(139), written(150))

def watched(n):
    class D(dict):
        def __getitem__(self, k): return 1000
        def __setitem__(self, k, v): dict.__setitem__(self, k, -1)
    o, s = P(1, 2), 0
    for i in range(n):
        if i == 100: o.__dict__ = D(x=10, y=20)
        o.x = i
        s += o.total()
    return s, type(o.__dict__).__name__
show("dict subclass", watched(150))

def shared(n):
    a, b, s = P(1, 2), P(3, 4), 0
    for i in range(n):
        if i == 100: b.__dict__ = a.__dict__
        if i >= 100: a.x = i
        s += b.total()
    del a
    return s, b.total()
show("shared dict", shared(150))

def alias(n):
    o, s = P(0, 1), 0
    d = o.__dict__
    for i in range(n):
        d["x"] = i
        s += o.x
        o.x = -i
        s += d["x"] * 2
        if i == 100: d["x"] = "t"
        if i == 120: o.__dict__ = {"x": 0, "y": 1}
    return s, d["x"], o.x
show("alias", alias(150))

def hidden_by_property(n):
    o, s = P(1, 2), 0
    for i in range(n):
        if i == 100: P.x = property(lambda self: 50)
        if i == 150: del P.x
        s += o.total()
    return s
show("property over it", hidden_by_property(200))

def other_names(n):
    o, s = P(1, 2), 0
    for i in range(n):
        if i == 100: o.__class__ = Q
        if i == 150: o.__class__ = P
        s += o.scaled(1)
    return s
class Q(P):
    def total(self): return self.x * 100 + self.y
show("class", other_names(200))

def methods_as_attributes(n):
    class M:
        def __init__(self, f): self.f = f
        def run(self, x): return self.f(x)
    o, s = M(lambda x: x), 0
    for i in range(n):
        if i == 60: o.f = abs
        if i == 80: o.f = float
        if i == 100: o.f = types.MethodType(lambda self, x: x + len(vars(self)), o)
        if i == 120: o.f = P(7, i).scaled
        if i == 140: M.f = lambda self, x: 10000; 
        if i == 160: del o.f
        s += o.run(i)
    return s
show("functions as attributes", methods_as_attributes(180))

def unset(n):
    class U:
        def __init__(self, on):
            if on: self.v = 1
    objects, found = [U(i % 5) for i in range(n)], 0
    for o in objects:
        try: found += o.v
        except AttributeError: found += 1000
    return found
show("unset", unset(150))
class Node:
    def __init__(self, v, next): self.v, self.next = v, next
def linked(n):
    head = None
    for i in range(n): head = Node(i, head)
    s, at = 0, head
    while at is not None:
        s += at.v
        if at.v == 100: at.next.v = 0.5; at.next.next.next = Node("end", None)
        if at.v == "end": break
        if at.next is not None and at.next.v == "end": break
        at = at.next
    return s
show("linked", linked(150))
