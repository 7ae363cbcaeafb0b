# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What sites find where an instance's slot is empty (the class's default), behind the slots of a base (words of __slots__), in a word that
# is called, elsewhere in the dict than in the instance before, and in numbers.


class Task:
    retries = 3
    note = None

    def __init__(self, name):
        self.name = name

    def fail(self):
        self.retries = 0

    def write(self, text):
        self.note = text


def seen(o):
    return o.retries, o.note


def of(o, times=3):
    answer = None
    for _ in range(times):
        try:
            answer = seen(o)
        except AttributeError as e:
            answer = str(e)
    return answer


class Name(str):
    def __hash__(self):
        return hash(str(self))

    def __eq__(self, other):
        return str(self) == other


def defaults():
    a, b = Task("a"), Task("b")
    print(of(a), of(b))
    a.fail()
    print(of(a), of(b))
    del a.retries
    print(of(a), of(b))
    b.__dict__["retries"] = 7
    print(of(a), of(b), vars(b))
    del b.__dict__["retries"]
    print(of(b), vars(b))
    c = Task("c")
    vars(c)[Name("retries")] = 8
    print(of(c), of(a))
    d = Task("d")
    d.__dict__ = {"note": "in a dict of its own"}
    print(of(d), of(a))
    for n in range(4):
        Task.retries = n * 10
        print(of(a), of(d))
    Task.retries = lambda self: "bound"
    print(callable(of(a)[0]), a.retries(), a.retries())
    Task.retries = property(lambda self: "from a property")
    print(of(a), of(c))
    Task.retries = staticmethod(len)
    print(of(a)[0]("four"))
    del Task.retries
    print(of(a), of(c))
    Task.__getattr__ = lambda self, name: "no " + name
    print(of(a), of(c))
    del Task.note
    print(of(a), of(d))


class Base:
    def remember(self, what):
        self.what = what
        self.when = 0


class Middle(Base):
    __slots__ = ()


class Transaction(Middle):
    __slots__ = ("connection", "is_active")

    def __init__(self, connection):
        self.connection = connection
        self.is_active = True


class More(Transaction):
    __slots__ = ("level",)

    def deepen(self):
        self.level = 1
        self.depth = 2
        self.what = "more"


class Hiding(Transaction):
    is_active = property(lambda self: "hidden")

    def __init__(self, connection):
        self.connection = connection


def use(t):
    try:
        if t.is_active:
            t.connection += 1
        return t.connection, t.is_active, vars(t)
    except AttributeError as e:
        return str(e)


def words():
    t, m = Transaction(1), More(10)
    for _ in range(3):
        print(use(t), use(m), use(Hiding(5)))
    t.remember("x")
    m.remember("y")
    m.deepen()
    print(use(t), use(m), m.level, m.depth)
    t.is_active = False
    del m.is_active
    print(use(t), use(m))
    m.is_active = True
    Transaction.is_active = 5
    print(use(t), use(m))


class Button:
    __slots__ = ("pressed", "label")

    def __init__(self, pressed, label):
        self.pressed = pressed
        self.label = label


class Loud(Button):
    __slots__ = ()

    def pressed(self, *args, **named):
        return "loud", args, named


def press(b, *args):
    answer = None
    for _ in range(2):
        try:
            answer = b.pressed(), b.pressed(1), b.pressed(1, 2), b.pressed(1, 2, x=3)
        except AttributeError as e:
            answer = str(e)
    return answer


def shown(*args, **named):
    return args, named


class Shown:
    def __call__(self, *args, **named):
        return "called", args, named


def calls():
    b = Button(shown, "ok")
    print(press(b))
    b.pressed = Shown()
    print(press(b))
    b.pressed = lambda *args, **named: len(args) + len(named)
    print(press(b))
    del b.pressed
    print(press(b))
    quiet = Loud.__new__(Loud)
    print(press(quiet))
    b.pressed = dict
    try:
        press(b)
    except TypeError as e:
        print(e)
    Button.pressed = shown
    print(press(b)[0][0] == (b,))


class Bag:
    size = "none"


def orders():
    names = ["alpha", "beta", "size", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda_"]
    for turn in range(len(names)):
        bag = Bag()
        for n in names[turn:] + names[:turn]:
            setattr(bag, n, (n, turn))
        if turn % 3 == 2:
            del bag.size
        print(bag.size, bag.kappa)


def numbers():
    for n in (1, True, 2.5, 10**30, 3, -0.0):
        print(n.__class__, n.real, n.imag)
    print([n.__class__.__name__ for n in (1, "a", 1.5, None, (), 2)])


defaults()
words()
calls()
orders()
numbers()
