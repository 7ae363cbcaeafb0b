"""Three classes that hold one another, for program_instances.py, and typed expressions and statements over them.

Kinds of expressions: N a number, W a text, tuple, list or None, T a truth, O None or an instance, L a sequence of instances of the
first class, and P, D, Q an instance of the first class, of the one derived from it, and of the holder. A method calls only those that
were written before it, so that programs end.
"""
NUMBERS = ["0", "1", "2", "3", "-1", "7", "0.5", "1.5", "-2.25", "5"]
ODD_NUMBERS = ["-0.0", "2**61", "2**62 - 1", "-2**62", "2**63", "10**20", "True", "1e300", "float('inf')", "float('nan')", "-float('inf')"]
WORDS = ["'u'", "'vw'", "''", "()", "(1, 2)", "[1]", "[]", "None", "('t', (1, 'é'))", "{1: 2}"]
FIELDS = {"P": {"a": "N", "b": "N", "w": "W", "o": "O"}, "D": {"a": "N", "b": "N", "w": "W", "o": "O", "c": "N"}, "Q": {"p": "P", "n": "N", "w": "W", "ps": "L"}}
DEEPEST = 3


class Family:
    def __init__(self, generator):
        self.g, self.r = generator, generator.r
        self.names = [generator.fresh("K") for _ in range(3)]
        self.carrier, self.generator = generator.fresh("K"), generator.fresh("y")
        self.number, self.kept = generator.fresh("G"), generator.fresh("G")
        self.class_of = dict(zip("PDQ", self.names))
        self.first_number = self.r.choice(NUMBERS)
        self.table, self.pair, self.data = (generator.fresh("G") for _ in range(3))
        self.first_values = {self.table: f"{{{', '.join(f'({self.r.choice(NUMBERS)}, {self.r.choice(NUMBERS)}): {j}' for j in range(6))}}}", self.pair: f"({self.r.choice(NUMBERS)}, {self.r.choice(NUMBERS)})",
                             self.data: f"bytes([{', '.join(str(self.r.randrange(9)) for _ in range(self.r.randrange(8)))}])"}
        self.methods = {"P": [], "D": [], "Q": []}  # (name, kinds of parameters, kind of result)
        self.keyword_only = self.r.random() < 0.3
        self.slots = self.r.random() < 0.4
        self.specials = set()       # of the first class

    # ---- expressions ----
    def expression(self, kind, scope, depth=0):
        kinds = kind if kind != "P" or self.r.random() < 0.2 else "PD"
        names = [name for name, of in scope.items() if of in kinds]
        if names and (depth > DEEPEST or self.r.random() < 0.3):
            return self.r.choice(names)
        return getattr(self, f"_{kind}")(lambda k: self.expression(k, scope, depth + 1), depth > DEEPEST)

    def _N(self, e, plain):
        r = self.r
        if plain or r.random() < 0.2:
            return r.choice(NUMBERS + [self.number] * 3 + [r.choice(ODD_NUMBERS)] * (r.random() < 0.3))
        k = r.randrange(26)
        if k > 23:
            return [f"{self.table}.get(({e('N')}, {e(r.choice('NNP'))}), {e('N')})", f"hash(({r.choice(NUMBERS)}, int({e('T')}))) % 9", f"sum({self.data})", f"{self.table}.get({self.pair}, 0.5)"][r.randrange(4)]
        if k < 6:
            return f"{e(r.choice('PPD'))}.{r.choice('ab')}"
        if k < 11:
            return f"({e('N')} {r.choice(['+', '-', '*', '+', '-', '%', '//', '/'])} {r.choice([e('N'), e('N'), '2', '3'])})"
        return [lambda: f"{e('Q')}.n", lambda: f"{e('D')}.c", lambda: f"{e('P')}.both", lambda: f"{r.choice([e('P'), *self.names[:2]])}.unit", lambda: f"-{e('N')}",
                lambda: f"({e('N')} if {e('T')} else {e('N')})", lambda: f"abs({e('N')})", lambda: f"len({e(r.choice('WWLQ'))})" if r.random() < .7 else f"int({e('T')})",
                lambda: f"sum([x.{r.choice('ab')} for x in {e('L')}])", lambda: f"sum(x.a for x in {e('L')}{r.choice(['', ' if x', ' if x.b > 1'])})",
                lambda: f"{r.choice(['min', 'max'])}({e('N')}, {e('N')})", lambda: self.call("N", e, "4"), lambda: self.call("N", e, "5")][k - 11]()

    def _W(self, e, plain):
        r = self.r
        if plain or r.random() < 0.3:
            return r.choice(WORDS)
        return [lambda: f"{e('P')}.w", lambda: f"{e('Q')}.w", lambda: f"f'{{{e('P')}}}'", lambda: f"f'{{{e('N')}}}|{{{e('P')}.a:{r.choice(['>6', '.3', ''])}}}'", lambda: f"str({e('N')})",
                lambda: f"({e('N')}, {e('W')})", lambda: f"[{e('N')}]", lambda: f"repr({e('Q')})", lambda: self.call("W", e, "'m'")][r.randrange(9)]().replace('"', "'")

    def _P(self, e, plain):
        r = self.r
        if plain or r.random() < 0.3:
            return self.made("P", e) if r.random() < 0.7 else self.made("D", e)
        k = r.randrange(14)
        if k < 3:
            return f"{e('Q')}.{r.choice(['p', 'p', 'first'])}"
        if k < 6:
            return f"({e('P')} {r.choice('+-')} {e('P')})"
        return [lambda: f"{e('L')}[{r.choice(['0', '-1'])}]", lambda: f"(-{e('P')})", lambda: f"({e('P')} if {e('T')} else {e('P')})", lambda: f"({e('P')} {r.choice(['or', 'and'])} {e('P')})",
                lambda: f"next({self.generator}(2, {e('P')}))", lambda: f"({e('P')} * {e('N')})", lambda: self.call("P", e, self.kept), lambda: self.call("P", e, self.kept)][k - 6]()

    def _D(self, e, plain):
        return self.made("D", e) if plain or self.r.random() < 0.7 else self.call("D", e, self.made("D", e))

    def _Q(self, e, plain):
        r = self.r
        return self.made("Q", e) if plain or r.random() < 0.6 else r.choice([lambda: self.call("Q", e, self.made("Q", e)), lambda: f"({e('Q')} if {e('T')} else {e('Q')})"])()

    def _L(self, e, plain):
        r = self.r
        if plain or r.random() < 0.3:
            return r.choice([lambda: f"[{e('P')}, {e('P')}]", lambda: f"({e('P')}, {e('P')})", lambda: f"[{e('P')}]"])()
        return [lambda: f"{e('Q')}.ps", lambda: f"list({self.generator}({r.randrange(1, 4)}, {e('P')}))", lambda: f"[{e('P')} for j in range({r.randrange(1, 3)})]",
                lambda: f"[x + {e('P')} for x in {e('L')}]", lambda: f"[x for x in {e('L')} if x.a > 1] or [{self.kept}]", lambda: f"[*{e('L')}, {e('P')}][:3]", lambda: f"list({e('Q')}) or ({self.kept}, )",
                lambda: f"sorted({e('L')}, key=lambda x: {r.choice(['x.a', '-x.b', 'repr(x)'])})", lambda: self.call("L", e, f"[{self.kept}]")][r.randrange(9)]()

    def _O(self, e, plain):
        return "None" if plain or self.r.random() < 0.4 else e(self.r.choice("PPQ"))

    def _T(self, e, plain):
        r = self.r
        compare = lambda kind: f"{e(kind)} {r.choice(['<', '>', '==', '!=', '<=', '>='])} {e(kind)}"
        if plain or r.random() < 0.3:
            return compare("N")
        return [lambda: f"{e('P')} == {e('P')}", lambda: f"{e('P')} {r.choice(['<', '>'])} {e('P')}" if "lt" in self.specials else f"{e('P')} != {e('P')}", lambda: f"{e('P')} is {r.choice(['', 'not '])}{e('P')}",
                lambda: f"isinstance({e(r.choice('PQO'))}, {r.choice(self.names)})", lambda: f"not {e(r.choice('PNQLT'))}", lambda: e(r.choice("PQNDL")), lambda: f"{e('W')} == {e('W')}",
                lambda: f"({e('T')} {r.choice(['and', 'or'])} {e('T')})", lambda: f"{e('P')}.o is {r.choice(['None', 'not None', e('P')])}", lambda: f"{e('P')} in {e(r.choice('LLQ'))}", lambda: self.call("T", e, "True"),
                lambda: f"any(x.a > {e('N')} for x in {e('L')})", lambda: f"hash({e('P')}) == 3" if "hash" in self.specials else compare("N"), lambda: f"type({e('P')}) is {r.choice(self.names[:2])}",
                lambda: f"({e('N')}, {e('N')}) {r.choice(['in', 'not in'])} {self.table}", lambda: f"({e('N')}, {e(r.choice('NP'))}) {r.choice(['==', '!=', '<'])} {self.pair}", lambda: f"({e('P')}, {e('N')}) == ({e('P')}, {e('N')})"][r.randrange(17)]()

    def made(self, kind, e):
        """A call of a class, with arguments by position or by name, and defaults left out."""
        r = self.r
        short = {"W": "'k'", "O": "None", "L": "()"}
        first, second, third, more = [(f"{name}=", e(of) if of in "NP" or r.random() < 0.5 else short[of]) for name, of in list(FIELDS[kind].items())[:4]]
        arguments = [first[1], *([second[1]] if r.random() < 0.7 else []), *([third[1]] if r.random() < 0.2 and not self.keyword_only else [])]
        by_name = [name + value for name, value in (second, third, more)[len(arguments) - 1:] if r.random() < 0.2]
        r.shuffle(by_name)
        return f"{self.class_of[kind]}({', '.join(arguments + by_name)})"

    def call(self, kind, e, otherwise):
        methods = [(of, *method) for of in "PDQ" for method in self.methods[of] if method[2] == kind]
        if not methods:
            return otherwise
        of, name, parameters, _ = self.r.choice(methods)
        arguments = [e(p) for p in parameters]
        if len(arguments) == 2 and self.r.random() < 0.3:
            arguments = [f"x1={arguments[1]}", f"x0={arguments[0]}"] if self.r.random() < 0.5 else [arguments[0]]
        return f"{e(of)}.{name}({', '.join(arguments)})"

    # ---- statements ----
    def statement(self, scope, returns):
        """Lines of a statement, which may bind a new name in `scope`; in a function that returns kind `returns`, None in a loop."""
        r = self.r
        e = lambda kind: self.expression(kind, scope)
        bound = lambda kinds: [name for name, of in scope.items() if of in kinds and name not in ("self", "k", "i")]
        leave = (lambda: f"return {e(returns)}") if returns else (lambda: r.choice(["continue", "break", "continue"]))
        k = r.randrange(22)
        if k == 20:
            return [f"{self.table}[{e('N')}, {e('N')}] = {e('N')}"]
        if k == 21:
            inner = dict(scope, c="N")
            return [f"for c in {r.choice([self.data, self.data, f'bytearray({self.data})'])}:", *["    " + text for text in self.statement(inner, returns)]]
        if k < 6:
            name, kind = f"u{len(scope)}", r.choice("NNPPPQDWLT")
            value = e(kind)
            scope[name] = kind
            return [f"{name} = {value}"]
        if k < 8:
            return [f"if {e('T')}: {leave()}"]
        if k < 11:
            kind = r.choice("PPDQ")
            owners = bound(kind) + (["self"] if scope.get("self") == kind else [])
            if owners:
                field = r.choice(sorted(FIELDS[kind]))
                owner, of = r.choice(owners), FIELDS[kind][field]
                return [f"{owner}.{field} {r.choice(['+=', '-=', '*=', '=']) if of == 'N' else '='} {e(of)}"]
        if k == 11 and bound("N"):
            return [f"{r.choice(bound('N'))} {r.choice(['+=', '-=', '*='])} {e('N')}"]
        if k == 12 and bound("P"):
            return [f"{r.choice(bound('P'))} {r.choice(['+=', '-='])} {r.choice(bound('PD'))}"]
        if k == 13:
            inner = dict(scope, x="P")
            body = [*self.statement(inner, returns), *(self.statement(inner, returns) if r.random() < .4 else [])]
            more = [f"if {self.expression('T', inner)}: {r.choice(['break', 'continue', 'break'])}"] if r.random() < .6 else []
            r.shuffle(more)
            return [f"for x in {e('L')}:", *["    " + text for text in body + more]]
        if k == 14 and bound("PQN"):
            name = r.choice(bound("PQN"))
            return [f"if {e('T')}: {name} = {e(scope[name])}", f"else: {name} = {e(scope[name])}"]
        if k == 15:
            inner = dict(scope)
            body = self.statement(inner, returns) + [f"if {self.expression('T', inner)}: raise {self.carrier}({self.expression('P', inner)}, {self.expression('N', inner)})"]
            names = bound("P")
            handler = r.choice([f"{r.choice(names)} = err.args[0]", f"{r.choice(names)} = err.instance"] if names else ["pass"]) if r.random() < .7 else leave()
            last = ["finally:", f"    {(r.choice(bound('N')) + ' += 1') if bound('N') else 'pass'}"] if r.random() < 0.2 else []
            return ["try:", *["    " + text for text in body], f"except {self.carrier} as err: {handler}", *last]
        if k == 16:
            return [f"if {e('T')}: raise {r.choice([self.carrier, self.carrier, 'ValueError'])}({e('P')}, {e('N')})"] if r.random() < 0.4 else [f"print({e('W')})"]
        if k == 17:
            return [e(r.choice("NPQT"))]
        if k == 18 and len(bound("N")) > 1:
            return [f"{', '.join(r.sample(bound('N'), 2))} = {e('N')}, {e('N')}"]
        if k == 19 and bound("P"):
            return [f"{r.choice(bound('P'))} = {self.kept}"]
        return [f"{e('N')}"]

    def body(self, scope, returns, length):
        lines = [text for _ in range(length) for text in self.statement(scope, returns)]
        return lines + [f"return {self.expression(returns, scope)}"]

    # ---- the classes ----
    def write(self):
        g, r = self.g, self.r
        base, derived, holder = self.names
        g.line(f"{self.number} = {self.first_number}")
        for name, value in self.first_values.items():
            g.line(f"{name} = {value}")
        g.line("gone = []  # what died: in which order things die together depends on who holds the receiver of a call")
        g.line("def deaths():")
        g.line("    if gone: print('gone', *sorted(gone)[:60])")
        g.line("    gone.clear()")
        g.line(f"class {self.carrier}(Exception):")
        g.line("    def __init__(self, instance, *more):")
        g.line(r.choice(["        super().__init__(instance, *more)", "        pass"]))
        g.line("        self.instance = instance")
        self.klass("P", "", self.first_class())
        g.line(f"{self.kept} = {base}(1, 2)")
        g.line(f"def {self.generator}(n, p):")
        g.line(f"    for j in range(n):")
        g.line(f"        {r.choice(['yield p', f'yield {base}(j, p.a)', f'p = p + {base}(1, j); yield p', f'yield {derived}(p.b, j)'])}")
        g.line(f"        {r.choice(['p = ' + self.kept, 'pass', 'if p.a == 3: return', 'p.a = j'])}")
        self.klass("D", base, self.derived_class())
        self.klass("Q", "", self.holder_class())

    def klass(self, kind, base, lines):
        g, r = self.g, self.r
        g.line(f"class {self.class_of[kind]}({base}):")
        g.indent += 1
        for text in lines:
            g.line(text)
        for i in range(r.randrange(3, 6) if kind != "D" else r.randrange(3)):
            inherited, own = self.methods["P"], self.methods["D"]
            if kind == "D" and i < len(inherited) and r.random() < 0.6:
                name, parameters, returns = inherited[i]
                self.methods["P"], self.methods["D"] = inherited[:i], []  # what overrides a method calls only those before it, too
            else:
                name, parameters, returns = f"m{kind}{i}", [r.choice("NNPQWL") for _ in range(r.randrange(3))], r.choice("NNNPPPQDTWL")
            given = {"N": "1", "W": "'d'", "P": self.kept if kind != "P" else None, "Q": None, "L": "()"}
            defaults = [f"x{j}" + (f"={given[p]}" if j and j == len(parameters) - 1 and given[p] else "") for j, p in enumerate(parameters)]
            g.line(f"def {name}({', '.join(['self', *defaults])}):")
            scope = {"self": kind, **{f"x{j}": p for j, p in enumerate(parameters)}}
            for text in self.body(scope, returns, r.choice([0, 0, 0, 1, 1, 2, 3])):
                g.line("    " + text)
            self.methods["P"], self.methods["D"] = inherited, own
            if name.startswith(f"m{kind}"):
                self.methods[kind].append((name, parameters, returns))
        g.indent -= 1

    def first_class(self):
        r = self.r
        base = self.names[0]
        star = ", *" if self.keyword_only else ""
        lines = ["__slots__ = ('a', 'b', 'w', 'o')"] if self.slots else []
        lines += [f"unit = {r.choice(NUMBERS)}", f"def __init__(self, a, b={r.choice(['1', '1', '0.5', self.number])}{star}, w='s', o=None):"]
        plain = ["self.a = a", "self.b = b", "self.w = w", "self.o = o"]
        r.shuffle(plain)
        lines += ["    " + text for text in r.choice([
            plain, plain, ["self.a, self.b = a, b", "self.w = w", "self.o = o"], ["n = a if a > 0 else -a", "self.w = w", "self.a = n", "self.b = b + a", "self.o = o"], ["self.set(a, b)", "self.w = w; self.o = o"],
            ["self.w = (w, a)", "self.a = a; self.b = b; self.o = o"], ["self.o, self.w = o, w", "if a == 5: self.b = b; self.a = a; return", "self.a = a", "self.b = b * 2"],
            ["self.o = self.w = None", f"if a == 7: raise {self.carrier}({r.choice(['o', 'self'])}, b)", "self.a = a", "self.b = b", "if w: self.w = w"],
            ["self.w = w", "try: self.a = a // b", "except ZeroDivisionError: self.a = b", "self.b = b", "self.o = o"], ["self.o = o", "self.w = f'{a}/{b}'", "self.a = self.b = a"]])]
        lines += ["def set(self, a, b): self.a = a; self.b = b"]
        lines += [f"def __add__(self, o): return {r.choice([f'{base}(self.a + o.a, self.b + o.b, w=self.w)', 'type(self)(self.a + o.a, self.b)', f'{base}(self.a + o.a, o.b, o=self)'])}"]
        lines += r.choice([[f"def __sub__(self, o): return {base}(self.a - o.a, self.b - o.b, w=o.w)"], ["def __sub__(self, o):", "    if o.a > 20: return self", f"    return {base}(self.a - o.a, self.b)"]])
        lines += [f"def __neg__(self): return {base}(-self.a, {r.choice(['-self.b', 'self.b', 'self.a'])})", f"def __mul__(self, n): return {r.choice([f'{base}(self.a * n, self.b)', 'self', f'{base}(n, n)'])}"]
        optional = {"eq": "def __eq__(self, o): return isinstance(o, " + base + ") and self.a == o.a" + r.choice(["", " and self.b == o.b"]), "lt": "def __lt__(self, o): return self.a < o.a",
                    "bool": f"def __bool__(self): return self.a > {r.choice(['1', 'self.b', self.number])}", "hash": f"def __hash__(self): return {r.choice(['3', 'hash(self.a)'])}",
                    "iadd": f"def __iadd__(self, o): self.a += o.b; return {r.choice(['self', 'o'])}",
                    "del": "def __del__(self): gone.append(str(getattr(self, 'a', 'no')))"}
        self.specials = {name for name in optional if r.random() < (0.5 if name != "del" else 0.3)}
        lines += [optional[name] for name in sorted(self.specials)]
        if "eq" in self.specials and "hash" not in self.specials:
            lines += ["__hash__ = object.__hash__"] * (r.random() < 0.5)
        lines += ["@property", f"def both(self): return {r.choice(['self.a + self.b', 'self.a', '(self.b, self.a)[self.a > 1]', 'self.unit + self.b'])}"] if r.random() < 0.7 else ["both = 4"]
        return lines + [f"def __repr__(self): return f'{r.choice(['P', '{type(self).unit}'])}({{self.a!r}}, {{self.b}}, {{self.w!r}}, {{type(self.o).__name__}})'"]

    def derived_class(self):
        r = self.r
        base = self.names[0]
        star = ", *" if self.keyword_only else ""
        lines = ["__slots__ = ('c', )"] if self.slots and r.random() < 0.7 else []
        up = r.choice(["super().__init__(a, b, w=w, o=o)", "super().__init__(a, b, w=w, o=o)", f"{base}.__init__(self, b, a, w=w)", "super().__init__(a, w=w, o=o)"])
        lines += [f"def __init__(self, a, b={r.choice(['1', '2', '0.5'])}{star}, w='d', o=None):", *["    " + text for text in r.choice([
            [up, "self.c = a"], ["self.c = b", up], [up, "self.c = self.a + self.b"], [up, "if self.a == 3: self.a = self.c = 0.5", "else: self.c = 1"]])]]
        if r.random() < 0.3:
            lines += [f"unit = {r.choice(NUMBERS)}"]
        if r.random() < 0.3:
            lines += ["def set(self, a, b): self.a = b; self.b = a"]
        if r.random() < 0.3:
            lines += [f"def __add__(self, o): return {r.choice([f'{self.names[1]}(self.a, o.b)', 'super().__add__(o)', 'o', 'self'])}"]
        return lines or ["pass"]

    def holder_class(self):
        r = self.r
        base = self.names[0]
        star = ", *" if self.keyword_only else ""
        lines = ["__slots__ = ('p', 'n', 'w', 'ps')"] if r.random() < 0.4 else []
        lines += [f"def __init__(self, p, n=3{star}, w='w', ps=()):", *["    " + text for text in r.choice([
            ["self.p = p", "self.n = n", "self.w = w", "self.ps = ps or (p, p)"], ["self.p = p", "self.n = n", "self.w = w", "self.ps = [p]"], ["self.p = p + p", "self.n = n + p.a", "self.w = w", "self.ps = (p, *ps)"],
            [f"self.w = p.w", f"self.p = {base}(p.b, n, w=w)", "self.n = self.p.a", "self.ps = [self.p, p]"],
            ["self.ps = list(ps)", "for x in ps:", "    if x.a > 1: break", "else: x = p", "self.p = x", "self.n, self.w = n, w", "self.ps.append(x)"]])]]
        lines += r.choice([["def __iter__(self): return iter(self.ps)"], ["def __iter__(self):", "    for x in self.ps: yield x"]])
        lines += [f"def __len__(self): return {r.choice(['len(self.ps)', '0 if self.n == 2 else 3'])}", "def __getitem__(self, i): return self.ps[i]"]
        if r.random() < 0.3:
            lines += ["def __bool__(self): return bool(self.p)"]
        if r.random() < 0.3:
            lines += ["def __eq__(self, o): return self.p == o.p and self.n == o.n"]
        lines += ["@property", f"def first(self): return {r.choice(['self.ps[0]', 'self.p', 'self.p if self.n else self.ps[-1]'])}"]
        return lines + ["def __repr__(self): return f'Q({self.p!r}, {self.n!r}, {self.w!r}, {len(self.ps)})'"]

    # ---- what happens in the middle ----
    def change(self):
        """A lambda of two instances that changes what loops rely on."""
        r = self.r
        base, derived, holder = self.names
        kind = r.choice("PDQ")
        value = lambda of: self.expression(of, {}, DEEPEST + 1)  # which calls no method, so that none calls itself
        changes = [f"setattr(a, 'a', {value('N')})", f"a.set({value('N')}, {value('N')}) if isinstance(a, {base}) else None", f"setattr({base}, '__add__', lambda s, o: {value('P')})", f"setattr(a, 'o', b)",
                   f"setattr({base}, 'unit', {value('N')})", f"setattr({holder}, '__init__', lambda s, p, n=1, w=2, ps=(): [setattr(s, *x) for x in (('p', p), ('n', 1.25), ('w', None), ('ps', [p]))].clear())",
                   "setattr(a, 'extra', 3)", f"setattr(a, '__class__', {derived})", "delattr(a, 'a')", "delattr(b, 'w')", f"globals().update({self.number}={value('N')})", f"globals().update({self.data}={r.choice(['bytearray', 'list', 'memoryview'])}({self.data}))", f"globals().update({self.pair}=[*{self.pair}])", f"{self.table}.clear()", f"globals().update({self.kept}={value('P')})",
                   f"setattr({base}, '__bool__', lambda s: {value('T')} == True)", f"setattr({derived}, 'both', {value('N')})", f"setattr({base}, '__eq__', lambda s, o: {value('T')})",
                   f"setattr({base}, '__del__', lambda s: gone.append('late'))", f"setattr({base}, '__repr__', lambda s: 'other')", f"setattr({base}, 'set', lambda s, a, b: None)",
                   f"setattr({base}, 'a', {value('N')})" if not self.slots else f"delattr({base}, 'both')", f"setattr({base}, '__getattr__', lambda s, name: {value('N')})", f"setattr({holder}, '__len__', lambda s: 0)"]
        if self.methods[kind]:
            name, parameters, returns = r.choice(self.methods[kind])
            changes += [f"setattr({self.class_of[kind]}, '{name}', lambda s, *x, **k: {value(returns)})"] * 3
        return f"lambda a, b: {r.choice(changes)}"
