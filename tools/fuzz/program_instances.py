"""Parts of random programs about instances that an optimising compiler need not make, or not yet: three classes that hold one
another, small methods that return new ones, and functions that use results at once, keep some, test their truth, leave early, raise
in the middle and hand instances to generators, comprehensions, texts and exceptions.

A part is such a family (program_family.py) with a dict whose keys are tuples, a tuple and bytes, a generator, and functions with a loop, in the middle of which what they rely on changes.
Each function is called with several numbers and changes, after each of which the family is as it was. What fails is caught, and its
traceback printed.
"""
from program_family import Family

ARGUMENTS = ["0", "3", "1.5", "2**61", "float('nan')", "-0.0", "float('inf')", "True", "10**20", "'t'", "None"]


class InstancePrograms:
    """A mixin of Generator, which has r, line(), fresh() and indent."""

    def instances(self):
        r = self.r
        family = Family(self)
        self.line("import traceback")
        family.write()
        functions = []
        for _ in range(r.randrange(2, 4)):
            functions.append(self.instance_function(family))
        self.instance_driver(family, functions)

    def instance_function(self, family):
        """A function with a loop; its name."""
        r = self.r
        name = self.fresh("h")
        self.line(f"def {name}(n, k, late):")
        self.indent += 1
        self.line(f"global {family.number}, {family.kept}")
        kept = {}
        for i in range(r.randrange(2, 5)):
            kind = r.choice("NPPDQL") if i > 1 else r.choice("PPDQ")
            self.line(f"v{i} = {family.expression(kind, kept)}")
            kept[f"v{i}"] = kind
        self.line("total, log = 0, []")
        scope = dict(kept, i="N", k="N")
        self.line(f"for i in {r.choice(['range(n)', 'range(n)', 'range(n, 0, -1)', 'list(range(n))'])}:")
        self.indent += 1
        self.line("if i == n - 4: late(v0, v1)")
        for _ in range(r.randrange(3, 8)):
            self.instance_step(family, scope, kept)
        self.line("total = small(total) if total == total else 1")
        if "del" in family.specials:
            self.line("deaths()")
        self.indent -= 1
        if r.random() < 0.3:
            self.line(f"else: total -= {family.expression('N', kept | {'k': 'N'})}")
        self.line(f"return total, log[-4:], [{', '.join(kept)}]")
        self.indent -= 1
        return name

    def instance_step(self, family, scope, kept):
        """A statement of a loop; names that it binds surely come into `scope`."""
        r = self.r
        e = lambda kind: family.expression(kind, scope)
        k = r.random()
        if k < 0.3:
            self.line(f"total += {e('N')}")
        elif k < 0.5:
            name = r.choice(list(kept))
            self.line(f"{name} = {e(kept[name])}")
        elif k < 0.6:
            self.line(f"if {e('T')}: log.append({e(r.choice('NPQWLD'))})")
        elif k < 0.64:
            self.line(f"if {e('T')}: {r.choice(['break', 'continue', 'continue'])}")
        elif k < 0.68:
            self.line(r.choice([f"{family.number} = {e('N')}", f"{family.kept} = {e('P')}", e(r.choice("NPQL"))]))
        else:
            for text in family.statement(scope, None):
                self.line(text)

    def instance_driver(self, family, functions):
        """Calls the functions with numbers and changes."""
        r = self.r
        restore, changes = self.fresh("h"), [family.change() for _ in range(4)]
        base, derived, holder = family.names
        self.line(f"saved = [(c, dict(vars(c))) for c in ({base}, {derived}, {holder})]")
        self.line(f"def {restore}():")
        self.line(f"    global {', '.join([family.number, family.kept, *family.first_values])}")
        self.line(f"    {family.number}, {family.kept} = {family.first_number}, {base}(1, 2)")
        for name, value in family.first_values.items():
            self.line(f"    {name} = {value}")
        self.line("    deaths()")
        self.line("    for c, had in saved:")
        self.line("        for key in [key for key in vars(c) if key not in had]: delattr(c, key)")
        self.line("        for key, value in had.items():")
        self.line("            if callable(value) or key in ('unit', 'both', 'first') or vars(c)[key] is not value and key[:2] != '__': setattr(c, key, value)")
        self.line("def attempt(late, a, b):")
        self.line("    try: late(a, b)")
        self.line("    except (AttributeError, TypeError): pass")
        self.line(f"for f in ({', '.join(functions)}, ):")
        self.line(f"    for k in ({', '.join(r.sample(ARGUMENTS, 3))}):")
        self.line(f"        for late in ({', '.join(['lambda a, b: None'] + changes)}):")
        self.line("            try: print(f.__name__, k, str(f(9, k, lambda a, b: attempt(late, a, b)))[:400])")
        self.line("            except Exception as err:")
        self.line("                traceback.print_exc(limit=-5, file=sys.stdout)")
        self.line("                if err.args and hasattr(err.args[0], 'a'): print(err.args[0].a)")
        self.line("                del err")
        self.line(f"            {restore}()")
