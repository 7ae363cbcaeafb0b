"""Parts of random programs about generators that loops go over: functions that yield from loops of several kinds, one going over another, methods
and an own class's __iter__ among them, and functions that go over these, leave early, fail in the middle and change what is gone over.

What a generator holds is noisy: it prints when it dies, so the order in which frames let go of things is heard.
"""

STARTS = ["0", "1", "-1", "2**62 - 2", "0.5", "True"]


class LoopPrograms:
    """A mixin of Generator, which has r, line(), fresh() and indent."""

    def loops(self):
        """A part."""
        r = self.r
        self.sources = []  # expressions of n that can be gone over
        for _ in range(r.randrange(2, 5)):
            self.loop_source()
        self.loop_class()
        users = []
        for _ in range(r.randrange(2, 4)):
            users.append(self.fresh("hot"))
            self.loop_user(users[-1])
        for name in users:
            for n in r.sample(["0", "1", "3", "5", "None", "'ab'"], 3):
                self.line("try:")
                self.line(f"    show({name}({n}))")
                self.line("except Exception as err:")
                self.line("    print(type(err).__name__, str(err)[:60])")
            if r.random() < 0.4:
                self.loop_change()

    def loop_item(self, n):
        r = self.r
        return r.choice([n, n, f"{n} * 2", f"{n} + 0.5", f"({n}, {n} + 1)", f"({n}, str({n}))", f"Noisy('y{self.fresh('')}')", f"[{n}]"])

    def loop_body(self, n):
        """What a generator does in its loop, whose variable is `n`."""
        r = self.r
        k = r.randrange(10)
        if k < 4:
            self.line(f"{r.choice(['', '', 'got = '])}yield {self.loop_item(n)}")
        elif k == 4:
            self.line(f"if {n} {r.choice(['==', '>', '<'])} {r.choice('123')}: {r.choice(['continue', 'break', 'return', 'return 5', 'raise ValueError(' + n + ')', 'raise StopIteration'])}")
        elif k == 5:
            self.line(f"held = Noisy('h{self.fresh('')}')")
        elif k == 6:
            self.line(f"if {n} != {r.choice('012')}: yield {self.loop_item(n)}")
        elif k == 7:
            self.line(f"for j in {r.choice(['range(2)', '(1, 2)', *self.sources]).replace('(n)', '(2)')}: yield j")
        elif k == 8:
            self.line(f"first {r.choice(['+=', '-=', '='])} {r.choice(['1', n, '0.5'])}; yield first")
        else:
            self.line(f"last = {n}")

    def loop_source(self, receiver=""):
        r = self.r
        name = self.fresh("y")
        self.line(f"def {name}({receiver}n, first={r.choice(STARTS)}):")
        self.indent += 1
        if r.random() < 0.4:
            self.line(f"mine = Noisy('{name}')")
        k = r.randrange(4)
        if k == 0:
            self.line("i = 0")
            self.line("while i < n:")
            self.line("    i += 1")
        else:
            self.line(f"for i in {r.choice(['range(n)', 'range(n, 0, -1)', 'range(n)', '[1, 2, 3][:n]', 'list(range(n))', '(0, 1, 2)', *self.sources])}:")
        self.indent += 1
        for _ in range(r.randrange(1, 4)):
            self.loop_body("i")
        self.line(f"yield {self.loop_item('i')}")
        self.indent -= 1
        if r.random() < 0.2:
            self.line("yield 'end'")
        self.indent -= 1
        if not receiver:
            self.sources.append(f"{name}(n)")
        return name

    def loop_class(self):
        r = self.r
        name = self.fresh("K")
        self.line(f"class {name}:")
        self.indent += 1
        self.line("def __init__(self, n): self.n = n")
        method = self.loop_source("self, ")
        self.line("def __iter__(self):")
        self.line(f"    for i in {r.choice(['range(self.n)', 'self.' + method + '(self.n)', '[1, 2]'])}: yield {self.loop_item('i')}")
        self.indent -= 1
        self.of_class = name, method
        self.sources += [f"{name}(n)", f"{name}(n).{method}(n)", f"{name}(n).{method}(n, first=7)"]

    def loop_user(self, name):
        r = self.r
        source = r.choice(self.sources)
        self.line(f"def {name}(n):")
        self.indent += 1
        self.line("t, c = [], 0")
        if source.startswith(self.of_class[0]) and r.random() < 0.5:
            self.line(f"o = {self.of_class[0]}(n)")
            source = source.replace(f"{self.of_class[0]}(n)", "o")
        around = r.random() < 0.4
        if around:
            self.line("try:")
            self.indent += 1
        pair = r.random() < 0.3
        self.line(f"for {'a, b' if pair else 'a'} in {source}:")
        self.indent += 1
        for _ in range(r.randrange(1, 4)):
            self.line(r.choice(["c += 1", "t.append(str(a)[:9])", f"if c == {r.choice('123')}: {r.choice(['break', 'return c', 'raise KeyError(c)', 'continue'])}", "c += a if isinstance(a, int) else 1",
                                f"for b in {r.choice(self.sources).replace('(n)', '(2)')}: c += 1", "try: c += a\n" + "    " * self.indent + "except TypeError as e: t.append('type')",
                                "a = None", f"b = Noisy('u{self.fresh('')}')", "n = 1"]))
        self.line("c += 1")
        self.indent -= 1
        if r.random() < 0.3:
            self.line("else: t.append('else')")
        if around:
            self.indent -= 1
            self.line(f"{r.choice(['except Exception as e: t.append(type(e).__name__ + str(e)[:40])', 'finally: print(len(t), c)'])}")
        self.line(f"{r.choice(['', 'a = 0; '])}t.append(c)")
        self.line("return t")
        self.indent -= 1

    def loop_change(self):
        """A name means something else from here on."""
        r = self.r
        name, method = self.of_class
        function = r.choice([s for s in self.sources if not s.startswith(name)])[:-3]
        self.line(r.choice([f"{function} = lambda n, first=0: [n, (1, 2)]", f"{function}.__defaults__ = (3,)", f"{name}.{method} = lambda self, n, first=0: iter('xy')",
                            f"{name}.__iter__ = lambda self: iter([7, 8])", f"{function}.__code__ = (lambda n, first: 'code').__code__"]))
