# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Attributes that a function gives an instance it has just made, as classes without __init__ have them; and what may stand in their way.
class Rec:
    pass


class Pt:
    def __init__(self, x):
        self.x = x


class Later:
    def __init__(self):
        self.reset()

    def reset(self):
        self.n = 0


class Loud:
    limit = 5

    @property
    def size(self):
        return self.held

    @size.setter
    def size(self, value):
        print("size", value)
        self.held = value


class Slots:
    __slots__ = ("a", "b")


class Refuses:
    def __setattr__(self, name, value):
        if value == 3:
            raise AttributeError(f"no {name} of {value}")
        object.__setattr__(self, name, value)


class Derived(Pt):
    pass


def records(n):
    out, last = 0.0, None
    for i in range(n):
        r = Rec()
        r.a = i
        r.b = i * 0.5
        r.c = last
        p = Pt(i)
        p.y = r.b
        p.x += 1
        d = Derived(i)
        d.x = 3
        d.z = "z"
        q = Later()
        q.n = q.n + 2
        out += r.a + p.x * p.y + q.n + d.x
        last = r
    return out, vars(last).keys(), vars(p), vars(d), last.c.a


def loud(n):
    made = []
    for i in range(n):
        o = Loud()
        o.size = i
        o.limit = 7
        made.append(o.size + o.limit)
    return made, Loud.limit


def slots(n):
    total = 0
    for i in range(n):
        s = Slots()
        s.a = i
        s.b = 2
        total += s.a * s.b
        try:
            s.c = 4
        except AttributeError as e:
            total += 1
    return total


def refused(n):
    kept = []
    for i in range(n):
        try:
            r = Refuses()
            r.v = i
            r.w = i + 1
            kept.append((r.v, r.w))
        except AttributeError as e:
            kept.append((str(e), vars(r)))
    return kept


def changed(n):
    made = []
    for i in range(n):
        r = Rec()
        r.a = i
        if i == 2:
            Rec.a = property(lambda self: "property", lambda self, v: made.append(("set", v)))
        if i == 4:
            del Rec.a
        r.b = i
        made.append((r.b, vars(r)))
    return made


def dying(n):
    class Dies:
        def __del__(self):
            print("dies", list(vars(self)), type(self.i).__name__)

    for i in range(n):
        d = Dies()
        d.i = i
        d.i = Dies()
        d.i.i = "inner"


print(records(20))
print(loud(3))
print(slots(5))
print(refused(5))
print(changed(6))
dying(2)
