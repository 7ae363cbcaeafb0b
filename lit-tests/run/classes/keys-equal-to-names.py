# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Keys of an instance's dict, or of a module's, that are no plain str but have the hash of a name are asked whether they are it, whatever
# sites know by then.
asked = []  # how often depends on where the hash leads


class Rude:
    def __init__(self, answer):
        self.answer = answer

    def __hash__(self):
        return hash("kept")

    def __eq__(self, other):
        asked.append(other)
        if self.answer is None:
            raise ValueError("rude")
        return self.answer


class Keeper:
    kept = 5


class Method:
    def kept(self):
        return "method"


class Static:
    @staticmethod
    def kept():
        return "static"


class Slots:
    kept = 7

    def __init__(self, full):
        if full:
            self.kept = 8


class Described:
    @classmethod
    def kept(cls):
        return cls.__name__


class Empty:
    pass


class Known(dict):
    pass


def attempt(read, o):
    asked.clear()
    try:
        return read(o), set(asked)
    except (ValueError, AttributeError) as e:
        return repr(e), set(asked)


def kept(o):
    return o.kept


def call(o):
    return o.kept()


def named(o):
    return getattr(o, "kept")


def default(o):
    return getattr(o, "kept", 6)


def has(o):
    return hasattr(o, "kept")


def store(o):
    setattr(o, "kept", 3)
    return len(o.__dict__)


def delete(o):
    delattr(o, "kept")
    return len(o.__dict__)


def instances(cls, value, answers):
    made = []
    for n in range(3 + len(answers)):
        o = cls()
        if n < 3:
            o.__dict__ = {"other": 1, "kept": value}
        else:
            o.__dict__ = {Rude(answers[n - 3]): value}
        made.append(o)
    return made


def each(cls, value, what, answers):
    print(cls.__name__, what.__name__)
    for turn in range(2):
        for o in instances(cls, value, answers):
            print(turn, *attempt(what, o))


def stored():
    return "own"


# CPython, where it looks at a site that has run eight times, overlooks that such a key raises: the builtins' names for that.
for what in named, default, has, store, delete:
    for cls in Keeper, Empty, Known:
        each(cls, 1, what, [None, True, False, None])
for cls in Keeper, Empty, Known:
    each(cls, 1, kept, [True, False, True])
for cls in Method, Static, Described, Empty, Known:
    each(cls, stored, call, [True, False, True])


def few(read, cls, value):
    print(cls.__name__, "few")
    for o in instances(cls, value, [None, None]):
        print(*attempt(read, o))


few(lambda o: o.kept, Keeper, 1)
few(lambda o: o.kept, Empty, 1)
few(lambda o: o.kept(), Method, stored)
few(lambda o: o.kept(), Static, stored)
few(lambda o: o.kept(), Described, stored)
few(lambda o: o.kept(), Empty, stored)


def loop():
    for o in instances(Keeper, 1, [None])[2:] * 2:
        asked.clear()
        try:
            print(o.kept, set(asked))
        except ValueError as e:
            print(repr(e), set(asked))


loop()


def beside(full, answer):
    o = Slots(full)
    vars(o)[Rude(answer)] = 9
    return o


print("beside slots")
for what in named, default, has, store, delete:
    for answer in None, True, False:
        print(*attempt(what, beside(False, answer)))
        print(*attempt(what, beside(True, answer)) if answer else ())

print("nothing before")
for answer in True, False, None:
    o = Method()
    print(named(o).__name__, o.kept())
    vars(o)[Rude(answer)] = 4
    print(attempt(lambda o: named(o) == 4, o))


class Named(Rude):
    def __init__(self, name, answer):
        self.name, self.answer = name, answer

    def __hash__(self):
        return hash(self.name)


def get_missing(_):
    return missing


def get_other(_):
    return other


def set_other(_):
    global other
    other = 5
    return other


print("of a module")
globals()[Named("missing", None)] = 1
globals()[Named("other", True)] = "found"
print(*attempt(get_missing, None))
print(*attempt(get_other, None))
print(attempt(set_other, None)[0])
print(attempt(get_other, None)[0])


def length(value):
    return len(value)


def absolute(value):
    return abs(value)


def remove_late():
    global late
    try:
        del late
    except NameError as e:
        return str(e)


print("equal to a builtin's name, or to a name that is deleted")
print(length("four"), absolute(-1))
globals()[Named("len", True)] = lambda value: "no length"
globals()[type("Text", (str,), {})("abs")] = lambda value: "no size"
print(length("four"), absolute(-1), len(""), abs(-2))
globals()[Named("len", True)] = max
print(length("four"))
del globals()[Named("len", True)]
print(length("four"))
globals()[Named("sum", None)] = 1
print(*attempt(lambda _: sum([1]), None))
print(min(2, 3))
globals()[Named("late", True)] = 1
print(remove_late(), remove_late())
