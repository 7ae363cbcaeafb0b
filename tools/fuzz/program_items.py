"""Parts of random programs about containers in hot loops: items of lists, tuples, arrays, bytes, strings and dicts, loops over them, with
enumerate, zip and dicts' views, and unpacking, while containers change their length, their sort and the sorts of what they hold.

A part is functions that get a sequence, pairs and a dict and loop over them, each called with several sorts of these. What can fail is
caught, in the loop or around it, and the message printed.
"""

VALUES = ["0", "1", "2", "3", "-1", "7", "0.5", "1.5", "-0.0", "2**61", "2**62 - 1", "-2**62", "True", "1e16", "2**63", "float('nan')"]
SEQUENCES = ["array('d', [0.5, 1, 2, 3.25] * 8)", "array('i', range(-4, 30))", "array('B', range(200, 240))", "array('Q', [1, 2**62, 3] * 9)",
             "array('f', [0.1, 2.5] * 10)", "[1, 2, 3, 4] * 8", "[0.5, 1.5, -2.0] * 9", "[1, 2.5, 'a', None] * 5", "(1, 2, 3) * 9", "(0.5, 1.5) * 9",
             "bytes(range(30))", "bytearray(range(5, 30))", "'seq' * 9", "range(3, 40)", "[True, False, 3] * 7", "[]", "[[1, 2], [3, 4]] * 9",
             "{5: 1, 6: 2.5, 7: 3}"]
PAIRS = ["[(i, i + 1) for i in range(30)]", "[(i, i * 0.5) for i in range(30)]", "((1, 2), (3, 4)) * 9", "[[i, 0.5] for i in range(30)]",
         "[(1, 'x'), (2, 'y')] * 9", "[(1, 2)] * 9 + [(1, 2, 3)]", "[(1, 2)] * 20 + [(2**62, 0.5)] + [(None, [])]", "['ab', 'cd'] * 9",
         "[(1.5, 2.5), [3, 4]] * 9", "[(i, (i, 2)) for i in range(20)]", "[(1, 2)] * 12 + [5]"]
DICTS = ["{i: i * i for i in range(20)}", "{i: i / 2 for i in range(20)}", "{'a': 1, 'b': 2, 'c': 3}", "{i: 'v' for i in range(9)}",
         "{0.5: 1, 1: 2, 'k': 3.5}", "{(i, i): i for i in range(9)}", "{}"]


class ItemPrograms:
    """A mixin of Generator, which has r, line(), fresh() and indent."""

    def item_number(self, depth=0):
        r = self.r
        e = lambda: self.item_number(depth + 1)
        k = r.randrange(12) if depth < 2 else r.randrange(6)
        if k < 3:
            return r.choice(["s", "t", "a", "b", "c", "i", "s"])
        if k < 5:
            return r.choice(["xs[i % len(xs)]", "xs[-1]", "xs[i % 7]", "ys[i % 3]", "ys[0]", "xs[a]", "xs[i]", "xs[-1 - i % 3]"])
        if k == 5:
            return r.choice(["len(xs)", "ps[i % len(ps)][1]", "ps[0][0]", "d[i % 9]", "d.get(i, 2)", r.choice(VALUES[:9])])
        if k < 10:
            return f"({e()} {r.choice(['+', '-', '*', '+'])} {e()})"
        if k == 10:
            return f"({e()} {r.choice(['//', '%', '/', '&'])} {r.choice(['3', '7', e()])})"
        return f"{r.choice(['min', 'max'])}({e()}, {e()})"

    def item_change(self):
        """Something that happens to a container, or to a name."""
        r = self.r
        return r.choice([f"xs.append({r.choice(VALUES)})", "xs.pop()", "xs.clear()", f"xs = hidden({r.choice(SEQUENCES)})", f"ys = hidden({r.choice(SEQUENCES)})",
                         f"xs[1] = {r.choice(VALUES + ['None', repr('x')])}", f"ps = hidden({r.choice(PAIRS)})", "ps.append((1, 2))", "ps.append((0.5, None))",
                         "d[i + 100] = i", "d.pop(3, None)", f"d[1] = {r.choice(VALUES)}", f"d = hidden({r.choice(DICTS)})",
                         "globals().update(enumerate=lambda x, *y: [(7, v) for v in x])", "globals().update(zip=lambda *x: list(map(tuple, x))[:2])",
                         "globals().update(len=lambda x: 3)", "xs.insert(0, 2.5)", "del xs[2:]", f"{r.choice('stab')} = {r.choice(VALUES)}"])

    def item_store(self):
        r = self.r
        e = self.item_number
        k = r.randrange(12)
        if k < 4:
            return f"{r.choice(['s', 't', 'a', 'b'])} {r.choice(['=', '+=', '-=', '='])} {e()}"
        if k < 6:
            return f"xs[{r.choice(['i % len(xs)', '-1', 'i', 'a', '0'])}] {r.choice(['=', '=', '+='])} {e()}"
        if k < 9:
            return r.choice([f"a, b = {e()}, {e()}", "a, b = b, a", "a, b = ps[i % len(ps)]", "a, b = xs[:2]", "a, b, q = xs[i % 4:i % 4 + 3]",
                             f"a, b, q = {e()}, {e()}, xs", "(a, b), q = (s, t), 1", "[a, b] = ys[:2]", f"a, xs[0] = {e()}, b", "s, t = ps[0]",
                             "a, *q = xs[:3]", f"a = b = {e()}"])
        if k == 9:
            return f"d[{r.choice(['i', 'i % 9', 'a'])}] = {e()}"
        if k == 10:
            return f"ps[i % len(ps)] = {r.choice(['(a, b)', '[s, t]', '(i, i)', '(a, b, s)'])}"
        return f"show({e()})" if r.random() < 0.2 else f"s += {e()}"

    def item_loop(self, depth):
        r = self.r
        xs, ys = r.choice(["xs", "xs", "ys"]), r.choice(["xs", "ys", "range(9)"])
        head = r.choice([f"for a in {xs}", f"for a in {xs}", f"for i, a in enumerate({xs})", f"for i, a in enumerate({xs}, {r.choice(['1', '2**62 - 3', 'c'])})",
                         f"for a, b in zip({xs}, {ys})", f"for a, b in zip({xs}, {ys})", f"for a, b, q in zip({xs}, {ys}, {xs})", "for a, b in ps", "for a, b in ps",
                         "for q in ps", f"for q in zip({xs}, {ys})", f"for q in enumerate({xs})", "for a, b in d.items()", "for a in d", "for b in d.values()", "for a in d.keys()",
                         f"for a in reversed({xs})", "for i, (a, b) in enumerate(ps)", f"for (a, b), q in zip(ps, {xs})", f"for a, b in zip({xs}, ps)",
                         f"for i in range(len({xs}))", f"for a in iter({xs})", f"for a, b in map(divmod, {xs}, {ys})", "for xs[0] in ys", f"for s, t in zip({xs}, {ys})"])
        self.line(head + ":")
        self.indent += 1
        self.line("c += 1")
        self.line("if c > 300: break")
        for _ in range(r.randrange(1, 4)):
            if depth < 2 and r.random() < 0.15:
                self.item_loop(depth + 1)
            else:
                self.line(self.item_store())
        if r.random() < 0.5:
            self.line(f"if c == {r.choice([5, 11, 30, 47])}: {r.choice([self.item_change(), self.item_change(), 'break', 'continue', 'raise ValueError(c)'])}")
        if r.random() < 0.2:
            self.line(f"if c == {r.choice([12, 31])}: {self.item_change()}")
        self.indent -= 1
        if r.random() < 0.2:
            self.line("else: t += 1")

    def items(self):
        r = self.r
        self.line("from array import array")
        self.line("def hidden(x): return [x].pop()")
        for _ in range(r.randrange(1, 4)):
            name = self.fresh("items")
            self.line(f"def {name}(xs, ys, ps, d):")
            self.indent += 1
            self.line(f"s, t, c, i, a, b = {r.choice(['0, 0.5', '0, 0', '0.5, 1.5', '1, True'])}, 0, 0, 1, 2")
            self.line("q = None")
            if r.random() < 0.5:
                which = r.choice(["xs", "ys", "ps", "d"])
                self.line(f"{which} = {r.choice(PAIRS if which == 'ps' else DICTS if which == 'd' else SEQUENCES)}")
            for _ in range(r.randrange(1, 4)):
                guarded = r.random() < 0.6
                if guarded:
                    self.line("try:")
                    self.indent += 1
                self.item_loop(0)
                if guarded:
                    self.indent -= 1
                    self.line("except Exception as err:")
                    self.line("    c += 1")
                    self.line("    if c < 290: print(type(err).__name__, str(err)[:90])")
                self.line("show(*[v if isinstance(v, (int, float, str, type(None))) else type(v).__name__ for v in (s, t, c, i, a, b, q)])")
            self.line("return small(str(xs)), small(str(ps)), small(str(d))")
            self.indent -= 1
            for _ in range(r.randrange(1, 4)):
                self.line("try:")
                self.line(f"    show({name}({r.choice(SEQUENCES)}, {r.choice(SEQUENCES)}, {r.choice(PAIRS)}, {r.choice(DICTS)}))")
                self.line("except Exception as err:")
                self.line("    print(type(err).__name__, str(err)[:90])")
                self.line("for _b in ('enumerate', 'zip', 'len'): globals().pop(_b, None)")
