"""Parts of random programs that break what an optimising compiler took for granted: families of classes with operators
and small methods, and hot loops over their instances, over lists, dicts, closures and generators, in the middle of which
classes, globals, builtins, instances and the kinds of locals change.

A part is a family of two classes, two functions that one would inline, and functions with loops that use them, each
called with several kinds of numbers. What can fail is caught, in the loop or around it, and the message printed.
"""

NUMBERS = ["0", "1", "2", "3", "-1", "7", "0.5", "1.5", "-0.0", "2**61", "2**62 - 1", "-2**62", "True", "1e16", "float('nan')"]
OPERATORS = {"add": "+", "sub": "-", "mul": "*", "floordiv": "//", "mod": "%", "and": "&", "lt": "<", "le": "<=", "eq": "==", "gt": ">"}
RESULT = "show(*[v if isinstance(v, (int, float, str, type(None))) else type(v).__name__ for v in ({}, )])"


class ObjectPrograms:
    """A mixin of Generator, which has r, line(), fresh() and indent."""

    def family(self):
        """Two classes, the second derived from the first; their names, and the methods that they have."""
        r = self.r
        base, derived = self.fresh("K"), self.fresh("K")
        slots = r.random() < 0.2
        methods = r.sample(["m", "n", "p"], 2)
        operators = r.sample(sorted(OPERATORS), 3) + r.sample(["radd", "iadd", "neg", "len", "getitem", "call", "bool", "contains", "iter"], 3)
        self.line(f"class {base}:")
        self.indent += 1
        if slots:
            self.line("__slots__ = ('a', 'b')")
        self.line(f"step = {r.choice(NUMBERS[:9])}")
        self.line(f"def __init__(self, a{r.choice(['', '=1'])}, b={r.choice(NUMBERS[:9])}):")
        self.line(f"    self.a, self.b = {r.choice(['a, b', 'b, a', 'a, a', 'a, 0.5'])}")
        for method in methods:
            self.method(method)
        for operator in operators:
            self.operator(operator, base)
        if r.random() < 0.5:
            self.line("@property")
            self.line(f"def both(self): return {self.inner_number(1)}")
            self.line("@both.setter")
            self.line(f"def both(self, v): self.a = {r.choice(['v', 'v + 1', 'self.b'])}")
        else:
            self.line("both = 4")
        self.indent -= 1
        self.line(f"class {derived}({base}):")
        self.indent += 1
        for method in r.sample(methods, r.randrange(1, 3)):
            self.method(method, True)
        if r.random() < 0.5:
            self.operator(r.choice(operators), derived)
        if r.random() < 0.4:
            self.line(f"step = {r.choice(NUMBERS)}")
        if r.random() < 0.3:
            self.line("def __init__(self, *a, **k):")
            self.line("    super().__init__(*a, **k)")
            if not slots or r.random() < 0.5:
                self.line(f"    self.{r.choice('abc')} = {r.choice(NUMBERS)}")
        self.line("pass")
        self.indent -= 1
        return base, derived, methods, operators

    def inner_number(self, depth=0):
        """A number inside a method: of self's attributes and x."""
        r = self.r
        if depth > 2 or r.random() < 0.4:
            return r.choice(["self.a", "self.b", "self.step", "2", "0.5", "1"])
        a, b = self.inner_number(depth + 1), self.inner_number(depth + 1)
        return r.choice([f"({a} + {b})", f"({a} - {b})", f"({a} * {b})", f"({a} % 7)", f"abs({a})", f"({a} if {b} > 1 else {b})", f"max({a}, {b})"])

    def method(self, name, overriding=False):
        r = self.r
        self.line(f"def {name}(self, x=1{r.choice(['', ', *, k=2', ', **k', ', k=2'])}):")
        if r.random() < 0.3:
            self.line(f"    self.{r.choice('ab')} {r.choice(['=', '+='])} {r.choice(['x', '1', '0.5'])}")
            self.line("    if abs(self.a) > 1e18: self.a = 3")
        if r.random() < 0.2:
            self.line("    if x == 60: raise ValueError(self.a)")
        if overriding and r.random() < 0.5:
            self.line(f"    return super().{name}(x) {r.choice('+-')} {self.inner_number(1)}")
        else:
            self.line(f"    return {r.choice(['x + ', 'x * ', ''])}{self.inner_number()}")

    def operator(self, name, cls):
        r = self.r
        body = {
            "neg": "def __neg__(self): return -self.a", "len": f"def __len__(self): return {r.choice(['2', '3', 'int(self.b)'])}",
            "getitem": "def __getitem__(self, i): return (self.a, self.b)[i]", "call": "def __call__(self, x, *a): return x + self.a",
            "bool": "def __bool__(self): return self.a > 1", "contains": "def __contains__(self, x): return x == self.a",
            "iter": "def __iter__(self): return iter((self.a, self.b))",
            "iadd": f"def __iadd__(self, o): self.a += {r.choice(['1', 'o', '0.5'])}; return {r.choice(['self', 'self', 'self.a'])}",
        }.get(name)
        if body is None:
            symbol = OPERATORS.get(name, "+")
            other = "(o.a if isinstance(o, " + cls + ") else o)"
            result = f"self.a {symbol} {other}"
            if name in ("add", "sub", "mul", "radd") and r.random() < 0.5:
                result = f"type(self)({result}, self.b)"
            if r.random() < 0.15:
                result = f"{result} if isinstance(o, {cls}) else NotImplemented"
            body = f"def __{name}__(self, o): return {result}"
        self.line(body)

    def changes(self, family):
        """A statement that changes what the loop relies on."""
        r = self.r
        base, derived, methods, operators = family["classes"]
        cls, method, value = r.choice([base, derived]), r.choice(methods), r.choice(NUMBERS)
        operator = r.choice([o for o in operators if o in OPERATORS])
        function, number = r.choice(family["functions"]), family["global"]
        return r.choice([
            f"{cls}.{method} = lambda self, x=1, k=0: {r.choice(['x', '-x', 'self.a', value])}",
            f"del {cls}.{method}", f"{cls}.step = {value}", f"del {derived}.step", f"o.{method} = lambda x=0, k=0: {value}",
            f"o.a = {value}", f"o.b = {value}", f"vars(o)['a'] = {value}", f"o.__class__ = {cls}", "del o.b", f"o = {cls}({value})",
            f"globals()['{number}'] = {value}", f"globals()['{number}'] = {r.choice(['str(3)', '[1]', 'None'])}",
            f"globals()['{function}'] = lambda x=1, y=0: {r.choice(['x', 'y', value])}", f"{function}.__defaults__ = ({value},)",
            f"globals()['{r.choice(['len', 'abs', 'min', 'max', 'sum', 'isinstance', 'range', 'int', 'float'])}'] = lambda *a: {r.choice(['5', '[1, 2]', '0.5'])}",
            f"{cls}.__{operator}__ = lambda self, o: {value}", f"del {cls}.__{operator}__", f"{cls}.__iadd__ = lambda self, o: {r.choice(['self', value])}",
            f"{cls}.a = property(lambda self: {value})", f"{cls}.b = {value}", f"{cls}.both = {value}",
            f"{cls}.__getattr__ = lambda self, name: {value}", f"{cls}.__setattr__ = lambda self, name, v: object.__setattr__(self, name, {r.choice(['v', value])})",
            f"{cls}.__getattribute__ = lambda self, name: object.__getattribute__(self, name)", f"{cls}.__init__ = lambda self, *a, **k: None",
            f"xs[{r.randrange(3)}] = {value}", f"xs.append({value})", "xs.pop()", "xs.clear()", f"xs = [{value}, {r.choice(NUMBERS)}]", f"xs = ({value}, 2)",
            f"d[{r.randrange(4)}] = {value}", "d.clear()", f"os[0] = {cls}({value}, 1)", f"os.append({value})", "os.reverse()",
            f"s = {r.choice(['s + 0.5', 'int(t)', 'str(s)', value, 'True', 'None'])}", f"t = {r.choice(['int(t)', '1', value, 's'])}", "del t", "raise KeyError(i)",
        ])

    def hot_number(self, family, depth=0):
        """A number inside a hot loop."""
        r = self.r
        base, derived, methods, operators = family["classes"]
        if depth > 2 or r.random() < 0.25:
            return r.choice(["i", "s", "t", "q", "1", "2", "0.5", family["global"], "o.a", "o.b", "xs[i % len(xs)]", "d.get(i % 5, 1)", "len(xs)"])
        e = lambda: self.hot_number(family, depth + 1)
        method, function = r.choice(methods), r.choice(family["functions"])
        target = r.choice(["o", "o", "os[i % len(os)]", f"{r.choice([base, derived])}({e()})" if depth < 2 else "o"])
        symbol = r.choice([OPERATORS[o] for o in operators if o in OPERATORS])
        choices = [
            f"({e()} + {e()})", f"({e()} - {e()})", f"({e()} * {e()})", f"({e()} % {r.choice(['7', '0.5', '-3', e()])})", f"({e()} // {r.choice(['3', '-2', e()])})",
            f"{target}.{method}({e()})", f"{target}.{method}()", f"{target}.{method}(x={e()})", f"{target}.{method}({e()}, k={e()})", f"{target}.both", f"{target}.step",
            f"{function}({e()})", f"{function}({e()}, {e()})", f"{function}(y={e()}, x=i)", f"({target} {symbol} {e()})", f"({e()} {symbol} {target})",
            f"({target} {symbol} {target})", f"({e()} if {e()} {r.choice(['<', '==', '!=', '>='])} {e()} else {e()})",
            f"{r.choice(['min', 'max'])}({e()}, {e()})", f"abs({e()})", f"int({e()})", f"isinstance({r.choice(['s', 'o', 't', 'q'])}, {r.choice(['int', 'float', base, derived])})",
            f"sum([x * {r.choice(['q', 't', '2'])} for x in xs])", "sum(x for x in xs)", f"len({r.choice(['o', 'os', 'd', '[*o]'])})", f"({e()} in {r.choice(['xs', 'd', 'o'])})",
            f"{family['closure']}({e()})", "xs[-1]", f"o[{r.randrange(2)}]", f"o({e()})", "-o", f"({e()}) ** 2",
            f"next({family['generator']}({r.randrange(1, 4)}, {e()}), 0)", f"sum({family['generator']}(3, {e()}))", f"[{e()} for x in (1,)][0]",
        ]
        return r.choice(choices)

    def hot_statement(self, family, depth=0):
        r = self.r
        e = lambda: self.hot_number(family)
        k = r.randrange(16)
        if k < 5:
            self.line(f"{r.choice('sst')} {r.choice(['+=', '-=', '=', '+='])} {e()}")
        elif k < 7:
            self.line(f"o.{r.choice(['a', 'b', 'a', 'both'])} {r.choice(['=', '+=', '-='])} {e()}")
        elif k == 7:
            self.line(r.choice([f"o {r.choice(['+=', '-=', '*='])} {e()}", f"o = o {r.choice('+-*')} {r.choice(['o', e()])}", f"o = os[{e()} % 2]"]))
            self.line(f"if not isinstance(o, {family['classes'][0]}): o = {r.choice(family['classes'][:2])}(1, 2)")
        elif k == 8:
            self.line(r.choice([f"xs[i % len(xs)] = {e()}", f"d[i % 4] = {e()}", f"xs[0] += {e()}", f"if len(xs) < 9: xs.append({e()})"]))
        elif k == 9 and depth < 2:
            self.line(f"if {e()} {r.choice(['<', '>', '==', '!='])} {e()}:")
            self.hot_block(family, depth + 1)
            if r.random() < 0.4:
                self.line("else:")
                self.hot_block(family, depth + 1)
        elif k == 10 and depth < 1:
            name = self.fresh("x")
            self.line(f"for {name} in {r.choice(['xs', 'range(3)', 'os', 'list(d)', 'range(len(xs))', family['generator'] + '(3, q)'])}:")
            self.line(f"    if isinstance({name}, (int, float)): s += {name} {r.choice(['*', '+', '-'])} {r.choice(['q', 't', '1', 'o.a'])}")
            self.line(f"    else: s += {name}.{r.choice(family['classes'][2])}({r.choice(['1', 'i', 't'])})")
        elif k == 11 and depth < 2:
            self.line("try:")
            self.hot_block(family, depth + 1)
            self.line(f"except ({r.choice(['ValueError, TypeError', 'ArithmeticError, AttributeError', 'Exception'])}) as err:")
            self.line(f"    c += 1; {r.choice(['s = 1', 't = 0.5', 'o = os[0]', 'pass', 'caught = str(err)'])}")
            if r.random() < 0.3:
                self.line(f"finally: c += {r.choice(['0.5', '10'])}")
        elif k == 12:
            self.line(f"if i == {r.choice([3, 60, 99, 110])}: {self.changes(family)}")
        elif k == 13:
            self.line(f"a, b = {r.choice(['o.a, o.b', 'xs[0], s', e() + ', t', 't, s', 'o'])}")
            self.line(f"{r.choice('st')} = {r.choice(['a', 'b', 'a + b', 'a - b'])}")
        elif k == 14:
            self.line(f"{r.choice(['count', 'bump'])}({e()})")
        else:
            self.line(f"if {e()}: {r.choice(['c += 1', 'continue', 's = t', 't = i'])}")

    def hot_block(self, family, depth):
        self.indent += 1
        for _ in range(self.r.randrange(1, 4)):
            self.hot_statement(family, depth)
        self.indent -= 1

    def hot(self):
        """A family and loops that use it."""
        r = self.r
        family = {"classes": self.family(), "functions": [self.fresh("h"), self.fresh("h")], "global": self.fresh("G"), "generator": self.fresh("y"),
                  "closure": "near"}
        base, derived = family["classes"][:2]
        self.line(f"{family['global']} = {r.choice(NUMBERS[:9])}")
        for function in family["functions"]:
            self.line(f"def {function}(x, y={r.choice(NUMBERS[:7])}):")
            if r.random() < 0.3:
                self.line(f"    if x == {r.choice([50, 70])}: return {r.choice(NUMBERS)}")
            self.line(f"    return {r.choice(['x + y', 'x * y', 'x - y if x > y else y', 'x * x + 1', 'y if x is None else x', family['global'] + ' + x', 'abs(x) % 11 + y'])}")
        self.line(f"def {family['generator']}(n, x):")
        self.line(f"    for i in range(n): {r.choice(['', '', 'x = '])}yield {r.choice(['x + i', 'i * ' + family['global'], 'x', family['functions'][0] + '(i)'])}")
        for _ in range(r.randrange(1, 3)):
            name = self.fresh("hot")
            self.line(f"def {name}(n, q):")
            self.indent += 1
            self.line(f"s, t, c = {r.choice(['0, 0.5, 0', '0, 0, 0', '1.5, 1, 0', 'q, q, 0'])}")
            self.line(f"o, os = {r.choice([base, derived])}({r.choice(NUMBERS[:9])}), [{base}(1, 2), {derived}({r.choice(NUMBERS[:9])})]")
            self.line(f"xs, d = [{', '.join(r.choice(NUMBERS[:9]) for _ in range(3))}], {{0: 1, 1: {r.choice(NUMBERS)}}}")
            self.line(f"def near(v): return {r.choice(['v + q', 'v * 2', 's + v', 'len(xs) + v'])}")
            self.line("def bump(v):")
            self.line("    nonlocal c")
            self.line(f"    c += {r.choice(['1', '0.5', 'i'])}")
            self.line(f"def count(v): xs[0] = {r.choice(['v', 'i', 'c'])}")
            self.line(f"for i in {r.choice(['range(n)', 'range(n)', 'range(0, n, 2)', 'range(n, -1, -1)'])}:")
            self.indent += 1
            guarded = r.random() < 0.6
            if guarded:
                self.line("try:")
                self.indent += 1
            for _ in range(r.randrange(2, 6)):
                self.hot_statement(family)
            self.line(f"if i == {r.choice([60, 100, 119])}: {self.changes(family)}")
            self.line("if isinstance(s, (int, float)) and not -1e20 < s < 1e20: s = 3")
            self.line("if isinstance(t, (int, float)) and not -1e20 < t < 1e20: t = 0.25")
            self.line("if isinstance(s, str): s = len(s)")
            if guarded:
                self.indent -= 1
                self.line("except Exception as err:")
                self.line("    c += 1")
                self.line("    if c < 4: print(type(err).__name__, str(err)[:90])")
                self.line(f"    {r.choice(['pass', 's = 1', 'o = os[0]', 's, t = 0, 1'])}")
            self.indent -= 1
            self.line(RESULT.format("s, t, c, getattr(o, 'a', None), getattr(o, 'b', None), *xs[:4], *d.values()"))
            self.line(f"return {r.choice(['s', 't', 'i', 'c'])}")
            self.indent -= 1
            for argument in r.sample(["1", "0.5", "2**62", "True", "-3", "'q'", "1e300"], 2):
                self.line("try:")
                self.line(f"    {RESULT.format(f'{name}({r.choice([110, 125, 130])}, {argument})')}")
                self.line("except Exception as err:")
                self.line("    print(type(err).__name__, str(err)[:90])")
                self.line("for _b in ('len', 'abs', 'min', 'max', 'sum', 'isinstance', 'range', 'int', 'float'): globals().pop(_b, None)")
