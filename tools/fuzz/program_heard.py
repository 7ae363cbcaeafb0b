"""Parts of random programs whose deaths are heard: classes whose __del__ prints at once, over tuples that are only compared, hashed or
looked up, loops over bytes, variables that closures capture, and errors in the middle.

A part is two classes, one derived from the other, a holder that makes instances of its own, a dict and a set with tuples as keys, a tuple
and bytes, and functions with a loop in the middle of which some of that changes. Each is called with several numbers and changes, after
each of which everything is as it was. In what order things die is CPython's, with two exceptions, which programs avoid: CPython lets go of an
instance that is called, by its class's __call__, before the arguments, and of the receiver of a call before the method's other variables
where Krait's versions keep it (methods keep numbers only).

Kinds of expressions: N a number, T a truth, P an instance, H a holder.
"""
NUMBERS = ["0", "1", "2", "3", "-1", "5", "1.5", "2.0", "True"]
ARGUMENTS = ["0", "2", "1.0", "-1", "2**62", "1.5", "'t'"]
DEEPEST = 3


class HeardPrograms:
    """A mixin of Generator, which has r, line(), fresh() and indent."""

    def heard(self):
        r = self.r
        self.base, self.derived, self.holder = (self.fresh("K") for _ in range(3))
        self.table, self.bag, self.pair, self.data = (self.fresh("G") for _ in range(4))
        self.free = [self.fresh("y") for _ in range(2)]
        self.line("import traceback")
        data = {self.table: f"{{{', '.join(f'({r.choice(NUMBERS)}, {r.choice(NUMBERS)}): {j}' for j in range(5))}}}",
                self.bag: f"{r.choice(['set', 'frozenset'])}([{', '.join(f'({r.choice(NUMBERS)}, {r.choice(NUMBERS)})' for j in range(5))}])",
                self.pair: f"({r.choice(NUMBERS)}, {r.choice(NUMBERS)})", self.data: f"bytes([{', '.join(str(r.randrange(4)) for _ in range(r.randrange(7)))}])"}
        for name, value in data.items():
            self.line(f"{name} = {value}")
        self.heard_class()
        self.heard_derived()
        self.heard_holder()
        for name in self.free:
            self.heard_function(name, ["p", "n"], {"p": "P", "n": "N"}, r.choice([0, 1, 2]))
        functions = [self.fresh("h") for _ in range(r.randrange(2, 4))]
        for name in functions:
            self.heard_loop(name)
        self.heard_driver(functions, data)

    # ---- classes ----
    def heard_class(self):
        r = self.r
        base = self.base
        self.line(f"class {base}:")
        self.indent += 1
        if r.random() < 0.3:
            self.line("__slots__ = ('n', 'w')")
        self.line(f"def __init__(self, n, w={r.choice(NUMBERS)}):")
        for text in r.choice([["self.n = n", "self.w = w"], ["self.w = w", "self.n = n"], ["self.n, self.w = n, w"], ["self.n = n", "if n == 3: raise ValueError(n)", "self.w = w"],
                              ["self.w = (w, n)[0]", "self.n = n + w"], ["self.set(n)", "self.w = w"]]):
            self.line("    " + text)
        self.line("def set(self, n): self.n = n")
        self.line(f"def __del__(self): {r.choice(['print(chr(45), getattr(self, chr(110), None))', 'print(repr(self))'])}")
        self.line(f"def __add__(self, o): return {r.choice([f'{base}(self.n + o.n, self.w)', f'{base}(self.n + o.n)', 'self', 'o', 'type(self)(o.n, self.n)'])}")
        self.line(f"def __neg__(self): return {r.choice([f'{base}(-self.n)', 'self', '-self.n'])}")
        self.line(f"def __repr__(self): return f'{{type(self).__name__[0]}}<{{getattr(self, \"n\", None)}}>'")
        if r.random() < 0.5:
            self.line(f"def __eq__(self, o): {r.choice(['', 'print(chr(61)); '])}return isinstance(o, {base}) and self.n == o.n")
            self.line(f"def __hash__(self): {r.choice(['', 'print(chr(35)); '])}return {r.choice(['hash(self.n)', '1'])}")
        if r.random() < 0.3:
            self.line(f"def __iadd__(self, o): self.n += 1; return {r.choice(['self', 'o', f'{base}(self.n)'])}")
        if r.random() < 0.3:
            self.line("def __bool__(self): return self.n > 1")
        self.line("@property")
        self.line(f"def half(self): return {r.choice(['self.n', 'self.w', '(self.n, self.w)[self.n == 1]', 'self.n + self.w'])}")
        self.methods = []
        for j in range(3):
            scope = {"self": "P", "x": "N"}
            returns = r.choice("NNPT")
            self.heard_function(f"m{j}", ["self", "x"], scope, r.choice([0, 0, 1, 1, 2]), returns)
            self.methods.append((f"m{j}", returns))
        self.indent -= 1

    def heard_derived(self):
        r = self.r
        self.line(f"class {self.derived}({self.base}):")
        self.indent += 1
        if r.random() < 0.5:
            self.line(f"def __init__(self, n, w=2): super().__init__({r.choice(['n, w', 'w, n', 'n'])}){r.choice(['', '; self.c = n' if r.random() < .5 else ''])}")
        if r.random() < 0.3:
            self.line("def __del__(self): print('~', self.half if hasattr(self, 'w') else '')")
        name, returns = r.choice(self.methods)
        methods, self.methods = self.methods, []
        self.heard_function(name, ["self", "x"], {"self": "P", "x": "N"}, 1, returns)
        self.methods = methods
        self.indent -= 1

    def heard_holder(self):
        r = self.r
        self.line(f"class {self.holder}:")
        self.indent += 1
        self.line("def __init__(self, n):")
        for text in r.choice([[f"self.p = {self.base}(n)", f"self.q = {self.derived}(n, 1)"], [f"self.q = self.p = {self.base}(n, n)"],
                              [f"p = {self.base}(n)", f"self.p = {self.derived}(p.n)", "self.q = p"], [f"self.p, self.q = {self.base}(n), {self.base}(1)"],
                              [f"self.q = {self.base}(n)", "if n == 2: self.q = None", f"self.p = self.q or {self.base}(4)"]]):
            self.line("    " + text)
        if r.random() < 0.4:
            self.line("def __del__(self): print('holder')")
        self.line(f"def swap(self): self.p, self.q = self.q, self.p{r.choice(['', '; return self'])}")
        self.line(f"def total(self, x): return {r.choice(['self.p.n + x', '(self.p + self.q).n', 'self.p.half + self.q.half'])}")
        self.indent -= 1

    # ---- expressions ----
    def heard_expression(self, kind, scope, depth=0):
        r = self.r
        e = lambda of: self.heard_expression(of, scope, depth + 1)
        names = [name for name, of in scope.items() if of == kind]
        if names and (depth > DEEPEST or r.random() < 0.4):
            return r.choice(names)
        return getattr(self, "heard_" + kind)(e, depth > DEEPEST)

    def heard_pair(self, e):
        return f"({e('N')}, {e(self.r.choice('NNNP'))})"

    def heard_call(self, e, kind):
        """Of a method that gives this kind, or what else does."""
        names = [name for name, returns in self.methods if returns == kind]
        return f"{e('P')}.{self.r.choice(names)}({e('N')})" if names else f"{self.free[0]}({e('P')}, {e('N')})" if kind == "N" and not self.indent else e(kind)

    def heard_N(self, e, plain):
        r = self.r
        if plain or r.random() < 0.2:
            return r.choice(NUMBERS)
        return r.choice([lambda: f"{e('P')}.n", lambda: f"{e('P')}.n", lambda: f"{e('P')}.half", lambda: f"{e('H')}.p.n", lambda: f"{e('H')}.total({e('N')})", lambda: f"({e('N')} {r.choice('+-*')} {r.choice(NUMBERS)})",
                         lambda: f"{self.table}.get({self.heard_pair(e)}, {e('N')})", lambda: f"hash(({r.choice(NUMBERS)}, int({e('T')}))) % 5", lambda: f"({e('N')} if {e('T')} else {e('N')})", lambda: f"int({e('T')})",
                         lambda: f"len({self.data})", lambda: f"sum({self.data})", lambda: f"int.from_bytes({self.data}, {r.choice(['chr(98) + chr(105) + chr(103)', repr('big'), repr('little')])})",
                         lambda: f"{self.table}[{self.heard_pair(e)}]", lambda: self.heard_call(e, "N"), lambda: self.heard_call(e, "N"), lambda: f"(lambda x: x + {e('N')})({e('N')})"])()

    def heard_T(self, e, plain):
        r = self.r
        if plain or r.random() < 0.2:
            return f"{e('N')} {r.choice(['<', '>', '==', '!='])} {e('N')}"
        return r.choice([lambda: f"{self.heard_pair(e)} {r.choice(['in', 'not in'])} {r.choice([self.table, self.bag])}", lambda: f"{self.heard_pair(e)} {r.choice(['==', '!=', '<', '>='])} {self.pair}",
                         lambda: f"{self.pair} {r.choice(['==', '!='])} {self.heard_pair(e)}", lambda: f"{self.heard_pair(e)} == {self.heard_pair(e)}", lambda: f"hash({self.pair}) == hash({self.heard_pair(e)})",
                         lambda: f"{e('P')} == {e('P')}", lambda: f"{e('P')} is {e('P')}", lambda: f"{e('N')} in ({e('N')}, {e('N')})", lambda: f"isinstance({e('P')}, {self.derived})", lambda: f"not {e('P')}",
                         lambda: f"({e('T')} {r.choice(['and', 'or'])} {e('T')})", lambda: self.heard_call(e, "T")])()

    def heard_P(self, e, plain):
        r = self.r
        made = f"{r.choice([self.base, self.base, self.derived])}({e('N')}{r.choice(['', ', ' + e('N')])})"
        if plain or r.random() < 0.5:
            return made
        return r.choice([lambda: f"({e('P')} + {e('P')})", lambda: f"{e('H')}.{r.choice('pq')}", lambda: f"({e('P')} if {e('T')} else {e('P')})", lambda: f"({e('P')} or {e('P')})", lambda: self.heard_call(e, "P"),
                         lambda: f"(-{e('P')})", lambda: f"[{e('P')}, {e('P')}][{e('T')}]"])()

    def heard_H(self, e, plain):
        return f"{self.holder}({e('N')})"

    # ---- statements ----
    def heard_statement(self, scope, returns):
        """Lines; what they surely bind comes into `scope`."""
        r = self.r
        e = lambda kind: self.heard_expression(kind, scope)
        own = lambda kind: [name for name, of in scope.items() if of == kind and name not in ("i", "k", "self")]
        leave = f"return {e(returns)}" if returns else r.choice(["continue", "break"])
        k = r.randrange(16)
        if k < 3:
            kind = r.choice("NPPH") if "self" not in scope else "N"
            name, value = f"u{len(scope)}", e(kind)
            scope[name] = kind
            return [f"{name} = {value}"]
        if k < 5 and own("P"):
            return [f"{r.choice(own('P'))} {r.choice(['= ' + e('P'), '= ' + e('P'), '+= ' + r.choice(own('P')), '+= ' + e('P')])}"]
        if k == 5 and own("N"):
            return [f"{r.choice(own('N'))} {r.choice(['=', '+=', '-='])} {e('N')}"]
        if k == 6:
            return [f"if {e('T')}: {leave}"]
        if k == 7:
            return [f"{self.table}[{self.heard_pair(e)}] {r.choice(['=', '=', '+='])} {e('N')}"]
        if k == 8:
            inner = dict(scope, c="N")
            return [f"for c in {r.choice([self.data, self.data, f'bytearray({self.data})', 'b' + repr('ab'), self.data + '[1:]'])}:", *["    " + text for text in self.heard_statement(inner, returns)],
                    *r.choice([[], [f"    if {self.heard_expression('T', inner)}: break"]]), *r.choice([[], [f"else: {self.heard_expression('P', scope)}"]])]
        if k == 9:
            body = [text for _ in range(2) for text in self.heard_statement(dict(scope), returns)]
            handler = r.choice([f"print(type(err).__name__)", leave, f"print(err.args)", *(f"{name} = {e('P')}" for name in own("P")[:1])])
            return ["try:", *["    " + text for text in body], f"except {r.choice(['Exception', '(KeyError, ValueError)', '(TypeError, AttributeError, OverflowError)'])} as err: {handler}",
                    *r.choice([[], [f"finally: print({e('N')})"]])]
        if k == 10 and own("P"):
            name = r.choice(own("P"))
            return [f"(lambda: {r.choice([name, f'({name}, {name}.n)'])}){r.choice(['', '()'])}"]
        if k == 11 and len(own("P")) > 1:
            a, b = r.sample(own("P"), 2)
            return [f"{a}, {b} = {r.choice([f'{b}, {a}', e('P') + ', ' + e('P')])}"]
        if k == 12 and own("P"):
            name = r.choice(own("P"))
            return [f"{name}.{r.choice(['n', 'n', 'w'])} = {e('N')}"] if r.random() < .6 else [f"del {name}", f"{name} = {self.heard_expression('P', {n: o for n, o in scope.items() if n != name})}"]
        if k == 13:
            return [f"if {e('T')}: raise {r.choice(['ValueError', 'KeyError'])}({e(r.choice('NP'))})"] if r.random() < .3 else [f"print({e(r.choice('NTP'))})"]
        if k == 14 and own("H"):
            return [f"{r.choice(own('H'))}.swap()"]
        return [e(r.choice("NTPH"))]

    def heard_function(self, name, parameters, scope, length, returns="N"):
        self.line(f"def {name}({', '.join(parameters)}):")
        for _ in range(length):
            for text in self.heard_statement(scope, returns):
                self.line("    " + text)
        self.line(f"    return {self.heard_expression(returns, scope)}")

    def heard_loop(self, name):
        r = self.r
        self.line(f"def {name}(n, k, late, a, b):")
        self.indent += 1
        kept = {"a": "P", "b": "P"}
        for j in range(r.randrange(1, 4)):
            kind = r.choice("NPPH")
            self.line(f"v{j} = {self.heard_expression(kind, kept)}")
            kept[f"v{j}"] = kind
        self.line(f"for i in range({r.choice(['n', '1, n', 'n, 0, -1'])}):")
        scope = dict(kept, i="N", k="N")
        self.line("    if i == n - 4: late(a, b)")
        for _ in range(r.randrange(2, 6)):
            for text in self.heard_statement(scope, None):
                self.line("    " + text)
        if r.random() < 0.3:
            self.line(f"f = lambda: ({', '.join(r.sample(sorted(kept), 2))})")
        self.line(f"return [{r.choice(['', ', '.join(kept)])}]")
        self.indent -= 1

    # ---- what happens in the middle ----
    def heard_change(self):
        r = self.r
        base, derived, holder = self.base, self.derived, self.holder
        number = lambda: r.choice(NUMBERS)
        other = {self.table: [f"Own({self.table})", "{}", f"[{number()}]", "None"], self.bag: [f"frozenset({self.bag})", f"list({self.bag})", f"{{*{self.bag}, (1, 2)}}"],
                 self.pair: [f"list({self.pair})", f"({number()}, )", f"({number()}, {base}(6))", "None"], self.data: [f"bytearray({self.data})", f"list({self.data})", "'text'", "b''", f"memoryview({self.data})"]}
        name = r.choice(list(other))
        return "lambda a, b: " + r.choice([f"globals().update({name}={r.choice(other[name])})"] * 4 + [
            f"setattr({base}, '__del__', lambda s: print('late'))", f"delattr({base}, '__del__')", f"setattr({base}, '__eq__', lambda s, o: {r.choice(['True', 'NotImplemented', 's is o', 's.missing'])})",
            f"setattr({base}, '__hash__', lambda s: {r.choice(['2', 's.n'])})", f"setattr({derived}, '__del__', lambda s: print('derived'))", f"setattr({base}, 'm{r.randrange(3)}', lambda s, x: {r.choice(['x', 's', 'True'])})",
            f"setattr({base}, '__add__', lambda s, o: {r.choice(['s', 'o', base + '(8)'])})", f"setattr({base}, 'half', {number()})", f"setattr(a, 'n', {number()})", f"setattr(a, '__class__', {derived})", "delattr(a, 'n')",
            f"setattr({base}, '__init__', lambda s, n, w=0: [setattr(s, 'w', n), setattr(s, 'n', w)].clear())", f"setattr({holder}, 'p', {number()})", f"setattr({holder}, '__del__', lambda s: print('h'))",
            f"setattr({holder}, 'total', lambda s, x: x)", "globals().update(hash=lambda t: 4)", "globals().update(len=lambda t: 2)", f"globals().update({base}={derived})", "[].missing"])

    def heard_driver(self, functions, data):
        r = self.r
        restore, attempt, changes = self.fresh("h"), self.fresh("h"), [self.heard_change() for _ in range(4)]
        names = [self.base, self.derived, self.holder]
        self.line("class Own(dict):")
        self.line("    def __contains__(self, key): return len(key) == 2 and key[0] == 1")
        self.line("    def __missing__(self, key): return key[0]")
        self.line(f"saved = [(c, dict(vars(c))) for c in ({', '.join(names)})]")
        self.line(f"def {restore}():")
        self.line(f"    global {', '.join([*names, *data])}")
        self.line(f"    {', '.join(names)} = [c for c, had in saved]")
        for name, value in data.items():
            self.line(f"    {name} = {value}")
        self.line("    for name in 'hash', 'len': globals().pop(name, None)")
        self.line("    for c, had in saved:")
        self.line("        for key in [key for key in vars(c) if key not in had]: delattr(c, key)")
        self.line("        for key, value in had.items():")
        self.line("            if callable(value) or key == 'half': setattr(c, key, value)")
        self.line(f"def {attempt}(late, a, b):")
        self.line("    try: late(a, b)")
        self.line("    except (AttributeError, TypeError): pass")
        self.line(f"for f in ({', '.join(functions)}, ):")
        self.line(f"    for k in ({', '.join(r.sample(ARGUMENTS, 3))}):")
        self.line(f"        for late in ({', '.join(['lambda a, b: None'] + changes)}):")
        self.line("            print('run', f.__name__, k)")
        self.line(f"            try: print(f(7, k, lambda a, b: {attempt}(late, a, b), {self.base}(1), {self.derived}(2, 1)))")
        self.line("            except Exception as err:")
        self.line("                traceback.print_exc(limit=-4, file=sys.stdout)")
        self.line("                del err")
        self.line(f"            {restore}()")
