"""Parts of random programs about small functions and methods over several objects, which an optimising compiler does where they
are called: getters, setters, swaps, makers of new instances, tests, links between objects, and constructors, called with the same
object twice, with objects of several classes, with fields that hold numbers, text, None, instances and objects whose death prints.

A part is three classes with the same methods and fields, functions that call them, and loops in the middle of which methods, classes,
fields and kinds change. What fails is caught, and the message and the lines of the traceback printed.
"""

FIELDS = ["x", "y", "n"]
VALUES = ["0", "1", "2", "3", "-1", "7", "0.5", "1.5", "-0.0", "2**61", "2**62 - 1", "-2**62", "True", "1e16", "None", "'s'", "float('nan')"]
PLAIN = VALUES[:8]
SPECIAL = {"add": "+", "sub": "-", "mul": "*", "lt": "<", "gt": ">", "eq": "==", "radd": "+", "mod": "%"}
SHOW = "show(*[v if isinstance(v, (int, float, str, type(None))) else type(v).__name__ for v in ({})])"


class CallPrograms:
    """A mixin of Generator, which has r, line(), fresh() and indent."""

    def call_operand(self, who, depth=0):
        """An expression of fields of the objects `who` and of v."""
        r = self.r
        if depth > 1 or r.random() < 0.45:
            return r.choice([f"{r.choice(who)}.{r.choice('xxyy')}"] * 3 + ["v", "v", r.choice(PLAIN), self.call_number])
        e = lambda: self.call_operand(who, depth + 1)
        o = r.choice(who)
        return r.choice([f"({e()} {r.choice('+-*')} {e()})"] * 4 + [f"({e()} {r.choice(['//', '%', '/'])} {r.choice(['3', '0.5', e()])})", f"abs({e()})",
                        f"{r.choice(['min', 'max'])}({e()}, {e()})", f"({e()} if {e()} {r.choice(['<', '==', '!=', '>='])} {e()} else {e()})",
                        f"{o}.n.x", f"-{e()}", f"{r.choice(self.call_classes)}({e()}, {e()}).{r.choice('xy')}", f"{o}.xs[{r.choice(['0', '-1', 'v', '2'])}]"] +
                        [self.call_inside(o, e())] * 3)

    def call_inside(self, o, argument):
        """A call in a body: of what was written before it, so that few programs recurse without an end."""
        r = self.r
        written = self.call_written if r.random() < 0.97 else self.call_methods + self.call_functions + ["+"]
        if not written:
            return f"{o}.x"
        what = r.choice(written)
        if what == "+":
            return f"({o} {r.choice(['+', '<', '==', '-', '>'])} {o if r.random() < .5 else r.choice(self.call_classes) + '(v, 1)'})"
        return f"{what}({o}, {argument})" if what in self.call_functions else f"{o}.{what}({argument})"

    def call_test(self, who):
        r = self.r
        e = lambda: self.call_operand(who, 1)
        return r.choice([f"{e()} {r.choice(['<', '<=', '==', '!=', '>'])} {e()}"] * 3 +
                        ([r.choice(who), f"{r.choice(who)} < {r.choice(who)}"] if "+" in self.call_written else []) +
                        [f"{r.choice(who)}.n is {r.choice(['None', 'not None', r.choice(who)])}", e(), f"not {e()}", f"{r.choice(who)} is {r.choice(who)}",
                         f"{e()} < {e()} < {e()}", f"{e()} > 1 and {e()} != 2", f"{e()} or {e()}"])

    def call_body(self, who, depth=0, last=True):
        """The lines of a small function with the parameters `who`, objects, and v."""
        r = self.r
        e = lambda: self.call_operand(who)
        o, other = r.choice(who), r.choice(who)
        make = lambda: f"{r.choice(self.call_classes)}({r.choice([e(), o, other, 'v', 'Noisy(v)' if r.random() < .2 else 'v'])}, {e()})"
        lines = []
        for _ in range(r.choice([0, 0, 1, 1, 2])):
            k = r.randrange(13)
            if k < 3:
                lines.append(f"{o}.{r.choice('xy')} = {r.choice([e(), e(), 'v', make()])}")
            elif k == 3:
                lines.append(f"{o}.{r.choice('xy')} {r.choice(['+=', '-=', '*='])} {e()}")
            elif k == 4:
                a, b = f"{o}.{r.choice(FIELDS)}", f"{other}.{r.choice(FIELDS)}"
                lines.append(f"{a}, {b} = {r.choice([b + ', ' + a, e() + ', ' + e()])}")
            elif k == 5:
                lines.append(f"{o}.n = {r.choice([other, 'None', make(), o + '.n', 'Noisy(v)'])}")
            elif k == 6:
                lines.append(f"t = {r.choice([e(), o, o + '.x', make(), o + '.n'])}")
                lines.append(r.choice([f"{o}.x = {e()}", f"{o}.n = t", "v = t", f"{other}.y = t", "t = v"]))
            elif k == 7:
                lines.append(f"v = {e()}")
            elif k == 8:
                lines.append(f"if {self.call_test(who)}: {r.choice(['v = ' + e(), f'{o}.x = {e()}', f'raise ValueError({o}.x)', f'return {e()}', f'{o}.n = None', 'return'])}")
            elif k == 9 and depth == 0:
                lines.append(f"if {self.call_test(who)}:")
                lines += ["    " + x for x in self.call_body(who, 1, r.random() < .5)]
                lines.append("else:")
                lines += ["    " + x for x in self.call_body(who, 1, r.random() < .5)]
            elif k == 10:
                lines.append(self.call_inside(o, e()))
            elif k == 11:
                lines.append(f"{self.call_inside(o, e())}; {o}.x = v")
            else:
                lines.append(f"t = {e()}; {o}.y = t")
        if not last:
            return lines or ["pass"]
        k = r.randrange(12)
        if k < 4:
            lines.append(f"return {e()}")
        elif k < 6:
            lines.append(f"return {make()}")
        elif k == 6:
            lines.append(f"return {self.call_test(who)}")
        elif k == 7:
            lines.append(f"return {r.choice(who + ['True', 'False', 'None', o + '.n', '(v, 1)', 'NotImplemented' if r.random() < .2 else o])}")
        elif k == 8:
            lines.append(f"return {r.choice([make() + '.x', make() + '.n', self.call_inside(make(), 'v')])}")
        elif k == 9 and "+" in self.call_written:
            lines.append(f"return {r.choice([make(), o])} {r.choice(['+', '-', '<', '=='])} {r.choice([make(), other])}")
        elif k == 10:
            lines.append(f"{o}.{r.choice('xyn')} = {r.choice(['v', make(), e()])}")
        else:
            lines.append(f"return {self.call_inside(r.choice(who), e())}")
        return lines

    def call_define(self, name, parameters, who):
        self.line(f"def {name}({parameters}):")
        for text in self.call_body(who):
            self.line("    " + text)

    def call_class(self, name, base):
        r = self.r
        self.line(f"class {name}({base}):" if base else f"class {name}:")
        self.indent += 1
        if not base and r.random() < 0.2:
            self.line(f"__slots__ = ('x', 'y', 'n'{r.choice(['', ', ' + repr('__dict__'), ', ' + repr('__weakref__')])})")
        if not base:
            self.line("xs = [1, 2.5, 3, 4]" if r.random() < 0.8 else "xs = (1, 2)")
        if not base or r.random() < 0.4:
            self.line(f"def __init__(self, x, y{r.choice(['', '=1', '=0.5'])}):")
            k = r.randrange(8)
            if k < 4:
                lines = ["self.x = x", "self.y = y", f"self.n = {r.choice(['None', 'None', 'self', 'x'])}"]
                r.shuffle(lines)
            elif k == 4:
                lines = ["self.x, self.y = x, y", "self.n = None"]
            elif k == 5:
                lines = ["self.x = self.y = x", "self.n = self.x" if r.random() < .5 else "self.n = None", "self.y = self.y + 1"]
            elif k == 6:
                lines = ["self.n = None", f"self.x = x if x != {r.choice(PLAIN)} else {r.choice(VALUES)}", f"if x == {r.choice(PLAIN)}: raise KeyError(y)", "self.y = y"]
            else:
                lines = ["if y is None: return", "self.n = None", "self.x = x", f"self.y = abs(y) if x == {r.choice(PLAIN)} else y"]
            if base and r.random() < 0.5:
                lines = [f"{r.choice(['super().__init__(', base + '.__init__(self, '])}{r.choice(['x, y', 'y, x'])})"]
                if r.random() < 0.5:
                    lines.append(f"self.{r.choice(['z', 'n', 'x'])} = {r.choice(PLAIN)}")
            for text in lines:
                self.line("    " + text)
        specials = r.sample(sorted(SPECIAL), r.randrange(2, 5) if not base else r.randrange(2))
        self.call_written = []
        if not base and r.random() < 0.5:
            self.call_written = ["+"]  # and they call nothing
        for method in sorted(self.call_methods if not base else r.sample(self.call_methods, r.randrange(3))):
            self.call_written = self.call_written[:1] * ("+" in self.call_written) + [m for m in self.call_methods if m < method]
            self.call_define(method, f"self, v{r.choice(['', '', '', '=1'])}", ["self"])
        self.call_written = self.call_written[:1] * ("+" in self.call_written) + self.call_methods
        for method in r.sample(self.call_pairs, len(self.call_pairs) if not base else 1):
            self.call_define(method, f"self, o, v{r.choice(['', '=2'])}", ["self", "o"])
        self.call_written = [] if "+" in self.call_written else self.call_methods
        for special in specials:
            if r.random() < 0.4:
                self.line(f"def __{special}__(self, o): return {r.choice(['self.x', 'self.y'])} {SPECIAL[special]} {r.choice(['o.x', 'o.y', 'o.x', 'o'])}")
            else:
                self.line(f"def __{special}__(self, o):")
                self.line("    v = 1")
                for text in self.call_body(["self", "o"]):
                    self.line("    " + text)
        if r.random() < 0.2:
            self.line(f"def __bool__(self): return {r.choice(['self.x > 1', 'self.n is None', 'True', 'self.y != self.x'])}")
        if r.random() < 0.12:
            self.line(f"def __del__(self): late.append(1) or len(late) < 30 and print('gone', {name!r}, type(getattr(self, 'x', 'no')).__name__)")
        self.line("pass")
        self.indent -= 1

    def call_change(self):
        r = self.r
        c, d = r.choice(self.call_classes), r.choice(self.call_classes)
        m, f, v = r.choice(self.call_methods + self.call_pairs), r.choice(self.call_functions), r.choice(VALUES)
        special = r.choice(sorted(SPECIAL))
        return r.choice([
            f"{c}.{m} = lambda self, *v: {r.choice(['self.x', v, 'self', 'v[-1]'])}", f"del {c}.{m}", f"{c}.{m} = {d}.{m}", f"p.{m} = lambda *v: {v}",
            f"p.{r.choice('xyn')} = {v}", f"p.{r.choice('xyn')} = {r.choice(['q', 'p', 'os[0]', 'Noisy(5)'])}", f"del p.{r.choice('xyn')}", f"p.extra = {v}", f"p.__class__ = {c}",
            f"vars(p)[{r.choice(FIELDS)!r}] = {v}", "p.__dict__ = {'x': 1, 'y': 2, 'n': None}", f"p = {c}({v}, 1)", f"os[{r.randrange(3)}] = {c}(3, {v})", "os.reverse()",
            f"globals()['{f}'] = lambda o, v=1: {r.choice(['v', 'o.x', 'o', v])}", f"globals()['{c}'] = {d}", f"{f}.__code__ = {r.choice(self.call_functions)}.__code__",
            f"{f}.__defaults__ = ({v},)", f"{self.call_number} = {v}", f"{c}.x = property(lambda self: {v})", f"{c}.y = {v}", f"{c}.__init__ = {d}.__init__",
            f"{c}.__init__ = lambda self, x, y=1: vars(self).update(x=y, y=x, n=None)", f"{c}.__setattr__ = lambda self, k, v: object.__setattr__(self, k, {r.choice(['v', '3'])})",
            f"{c}.__getattr__ = lambda self, k: {v}", f"{c}.__new__ = lambda cls, *a: object.__new__({r.choice(['cls', d])})", f"{c}.__{special}__ = lambda self, o: {r.choice([v, 'self', 'NotImplemented'])}",
            f"del {c}.__{special}__", f"{c}.__bool__ = lambda self: {r.choice(['True', 'False', '1 < self.x'])}", f"{c}.__del__ = lambda self: late.append(1) or len(late) < 9 and print('late')",
            f"{c}.__getattribute__ = lambda self, k: object.__getattribute__(self, k)", f"{c}.xs = {r.choice(['[0.5, 1.5, 2.5]', '(1, 2, 3)', '[1, None]', repr('abc')])}",
            f"{c}.xs.append({v})", f"globals()['{r.choice(['abs', 'min', 'max'])}'] = lambda *a: {v}", f"s = {v}", f"t = {v}", "raise KeyError(i)",
            f"w = weakref.ref(p, lambda w: print('dead'))" if r.random() < .5 else "q = p", "sys.setrecursionlimit(sys.getrecursionlimit() + 1)",
        ])

    def call_use(self):
        r = self.r
        o, other = r.choice(["p", "p", "q", "os[i % 3]"]), r.choice(["p", "q", "q", "os[i % 3]"])
        e = lambda: r.choice(["i", "s", "t", "1", "0.5", "p.x", "q.y", self.call_number, r.choice(VALUES)])
        value = lambda: r.choice([f"{o}.{r.choice(self.call_methods)}({e()})"] * 3 + [f"{o}.{r.choice(self.call_pairs)}({other}, {e()})"] * 3 +
                                 [f"{r.choice(self.call_functions)}({o}, {e()})"] * 2 +
                                 [f"{r.choice(self.call_classes)}({e()}, {e()}).{r.choice('xy')}", f"({o} {r.choice(['+', '-', '*', '%'])} {r.choice([other, other, e()])})", f"({e()} + {o})",
                                  f"{r.choice(self.call_classes)}({e()}, {e()}).{r.choice(self.call_pairs)}({other}, {e()})", f"({o} {r.choice(['<', '>', '=='])} {other})",
                                  f"{o}.x", f"{r.choice(self.call_pairs + self.call_methods)}({o}, {e()})" if r.random() < .1 else f"{o}.y"])
        k = r.randrange(15)
        if k < 4:
            self.line(f"{r.choice(['s', 't', 'u', 'u'])} = {value()}")
        elif k < 6:
            self.line(f"{r.choice('st')} {r.choice(['+=', '-='])} {value()}")
        elif k < 8:
            self.line(value())
        elif k == 8:
            self.line(f"if {r.choice([value(), f'{o} < {other}', f'{o} == {other}', o, f'not {value()}', f'{value()} is None', f'{value()} is {o}'])}: {r.choice(['c += 1', 's = i', 't = 0.5', value()])}")
        elif k == 9:
            self.line(f"{o}.{r.choice('xyn')} = {r.choice([value(), e(), other, other])}")
        elif k == 10:
            self.line(f"{r.choice('pq')} = {r.choice([f'{r.choice(self.call_classes)}({e()}, {e()})', f'{o}.{r.choice(self.call_pairs)}({other}, {e()})', f'{o} + {other}', 'os[i % 3]'])}")
            self.line(f"if not isinstance(p, {self.call_classes[0]}): p = os[0]")
            self.line(f"if not isinstance(q, {self.call_classes[0]}): q = os[-1]")
        elif k == 11:
            self.line(f"u = {r.choice([f'[{value()} for _ in (1, 2)]', f'sum({value()} for _ in (1, 2))', f'({value()}, {value()})', f'lambda: {value()}'])}")
            self.line("u = u() if callable(u) else u")
        elif k == 12:
            self.line("try:")
            self.line(f"    {r.choice('st')} = {value()}")
            self.line(f"except ({r.choice(['ValueError, KeyError', 'TypeError, AttributeError', 'Exception'])}): c += 1")
        elif k == 13:
            self.line(f"{r.choice('st')} = {value()} if {value()} else {e()}")
        else:
            self.line(f"if i == {r.choice([3, 60, 99, 110])}: {self.call_change()}")

    def calls(self):
        r = self.r
        self.call_number = self.fresh("G")
        self.call_classes = [self.fresh("K") for _ in range(3)]
        self.call_functions = [self.fresh("h") for _ in range(2)]
        self.call_methods, self.call_pairs = ["get", "put", "step"], ["meet", "take"]
        self.line("import sys, traceback, weakref")
        self.line("late = []")
        self.line(f"{self.call_number} = {r.choice(PLAIN)}")
        first = self.call_classes[0]
        for name in self.call_classes:
            self.call_class(name, "" if name == first else r.choice([first, first, self.call_classes[1] if name != self.call_classes[1] else first]))
        for function in self.call_functions:
            self.call_written = self.call_methods + (["+"] if r.random() < .5 else []) + self.call_functions[:function == self.call_functions[1]]
            self.call_define(function, f"o, v{r.choice(['', '=3'])}", ["o"])
        for _ in range(r.randrange(1, 3)):
            name = self.fresh("hot")
            self.line(f"def {name}(n, s):")
            self.indent += 1
            self.line(f"global {self.call_number}")
            self.line("t, u, c, w = 0.5, None, 0, 0")
            self.line(f"p, q = {r.choice(self.call_classes)}({r.choice(PLAIN)}, {r.choice(PLAIN)}), {r.choice(self.call_classes)}({r.choice(PLAIN)}, 2)")
            self.line(f"os = [{', '.join(f'{r.choice(self.call_classes)}({r.choice(PLAIN)}, {r.choice(PLAIN)})' for _ in range(3))}]")
            self.line(f"for i in range({r.choice(['n', 'n', '2, n', 'n, 0, -1'])}):")
            self.indent += 1
            guarded = r.random() < 0.8
            if guarded:
                self.line("try:")
                self.indent += 1
            for _ in range(r.randrange(2, 6)):
                self.call_use()
            change = self.call_change()
            self.line(f"if i == {r.choice([60, 100, 119])}: {change}")
            for o in "pq":
                self.line(f"if isinstance({o}.x, (int, float)) and not -1e20 < {o}.x < 1e20: {o}.x = 3")
                self.line(f"if isinstance({o}.y, (int, float)) and not -1e20 < {o}.y < 1e20: {o}.y = 2")
            self.line("if not isinstance(s, (int, float)) or not -1e20 < s < 1e20: s = 3")
            self.line("if not isinstance(t, (int, float)) or not -1e20 < t < 1e20: t = 0.25")
            if guarded:
                self.indent -= 1
                self.line("except Exception as err:")
                self.line("    c += 1")
                self.line("    if c < 5: print(type(err).__name__, err, [(f.name, f.lineno) for f in traceback.extract_tb(err.__traceback__)])")
                self.line(f"    {r.choice(['pass', 's = 1', 'p = os[0]', 's, t = 0, 1', 'p, q = q, p'])}")
            self.indent -= 1
            self.line(SHOW.format("s, t, u, c, *[getattr(o, k, 'none') for o in (p, q, *os) for k in 'xyn']"))
            self.line("return s")
            self.indent -= 1
            for argument in r.sample(["1", "0.5", "2**62", "True", "-3", "'q'"], 2):
                self.line("try:")
                self.line(f"    {SHOW.format(f'{name}({r.choice([110, 125, 130])}, {argument}),')}")
                self.line("except Exception as err:")
                self.line("    print(type(err).__name__, err, [f.name for f in traceback.extract_tb(err.__traceback__)])")
                self.line("for _b in ('abs', 'min', 'max'): globals().pop(_b, None)")
