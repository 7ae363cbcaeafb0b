"""The generator of random programs that programs.py compares implementations with.

Programs use integers of all sizes, floats, strings, containers, classes with inheritance, special methods and
__del__, closures, generators, exceptions with finally, match, comprehensions, formatting, augmented assignment,
deletion, kernels (functions with loops over ranges and lists of numbers that call one another), and what
program_objects.py makes, families of classes in hot loops that change them, program_items.py, containers in such loops, program_calls.py,
small functions over several objects, program_instances.py, instances that hold one another and mostly die young, program_heard.py,
deaths that print, around tuples that are only compared, hashed or looked up, and program_loops.py, loops over generators.
Everything they do is printed, and every loop is bounded. The same seed gives the same program.
"""
import random

from program_calls import CallPrograms
from program_heard import HeardPrograms
from program_instances import InstancePrograms
from program_items import ItemPrograms
from program_loops import LoopPrograms
from program_objects import ObjectPrograms

PARTS = 16  # statements at the top level of a program, most of them compound
KINDS = ["kernel", "klass", "hot", "hot", "items", "items", "closure", "calls", "calls", "calls", "instances", "instances", "heard", "heard", "loops", "loops"]
PRELUDE = '''\
import gc, sys
gc.disable()  # when it would run is nobody's promise
class Noisy:
    count = 0
    def __init__(self, tag):
        self.tag = tag
        Noisy.count += 1
    def __del__(self):
        print("del", self.tag)
    def __repr__(self):
        return f"Noisy({self.tag})"
    def __add__(self, other):
        return Noisy(f"{self.tag}+{getattr(other, 'tag', other)}")
    def __iadd__(self, other):
        self.tag = f"{self.tag}+={getattr(other, 'tag', other)}"
        return self
    def __eq__(self, other):
        return isinstance(other, Noisy) and self.tag == other.tag
    def __hash__(self):
        return hash(self.tag)
    def __bool__(self):
        return len(str(self.tag)) % 2 == 0
    def __enter__(self):
        print("enter", self.tag)
        return self
    def __exit__(self, kind, value, tb):
        print("exit", self.tag, kind and kind.__name__)
        return kind is ValueError
def show(*values):
    print(*[type(v).__name__ if isinstance(v, property) or callable(v) else v for v in values])
def small(v, limit=10**40):
    if isinstance(v, int) and abs(v) > limit:
        return v % 1000003
    if isinstance(v, (str, list, tuple)) and len(v) > 60:
        return v[:7]
    return v
'''


class Generator(ObjectPrograms, ItemPrograms, CallPrograms, InstancePrograms, HeardPrograms, LoopPrograms):
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.lines = []
        self.indent = 0
        self.depth = 0
        self.names = []         # variables in scope that are surely bound
        self.functions = []     # (name, number of parameters)
        self.counter = 0
        self.in_loop = 0
        self.in_function = False
        self.in_generator = False
        self.kernels = []       # (name, number of numbers it takes before its list)
        self.classes = []
        self.shapes = {}        # name -> an empty class with the same bases, to know which orders of bases work

    def line(self, text):
        self.lines.append("    " * self.indent + text)

    def fresh(self, prefix="v"):
        self.counter += 1
        return f"{prefix}{self.counter}"

    # ---- expressions ----
    def number(self, depth=0):
        """An expression that is surely a number and raises rarely."""
        r = self.r
        if depth > 3 or r.random() < 0.3:
            numbers = [x for x in self.names if x.startswith("x")]
            if numbers and r.random() < 0.7:
                return r.choice(numbers)
            return r.choice(["0", "1", "2", "3", "-1", "7", "0.5", "1.5", "-2.0", "4.0", "1e10", str(2**61), str(2**62 - 1), "10**18", "True"])
        e = lambda: self.number(depth + 1)
        k = r.randrange(10)
        if k < 6:
            return f"({e()} {r.choice(['+', '-', '*', '+', '-', '*', '/', '//', '%'])} {e()})"
        if k == 6:
            return f"(-{e()})"
        if k == 7:
            return f"({e()} if {e()} {r.choice(['<', '<=', '==', '!=', '>'])} {e()} else {e()})"
        if k == 8:
            return f"{r.choice(['abs', 'int', 'float', 'max', 'min'])}({e()}" + ")" if r.random() < .5 else f"max({e()}, {e()})"
        return f"round({e()}, 3)"

    def atom(self):
        r = self.r
        k = r.randrange(12)
        if self.names and k < 6:
            return r.choice(self.names)
        if k < 8:
            return str(r.choice([0, 1, -1, 2, 3, 7, 10, 255, 256, 257, 2**31, 2**62, 2**63, -2**62 - 1, 10**20, r.randrange(-99, 99)]))
        if k == 8:
            return r.choice(["0.5", "1.0", "-2.25", "1e300", "1e-320", "3.75", "0.1", "-0.0"])
        if k == 9:
            return repr(r.choice(["", "a", "xyz", "é", "kr\u00e4it", "0", "A b"]))
        if k == 10:
            return r.choice(["True", "False", "None", "()", "[]", "{}"])
        return f"Noisy({r.randrange(9)})"

    def expr(self, depth=0):
        r = self.r
        if depth > 3 or r.random() < 0.25:
            return self.atom()
        e = lambda: self.expr(depth + 1)
        k = r.randrange(22)
        if k < 6:
            return f"({e()} {r.choice(['+', '-', '*', '//', '%', '/', '&', '|', '^', '+', '-', '*'])} {e()})"
        if k == 6:
            return f"({e()} {r.choice(['<', '<=', '==', '!=', '>', '>=', 'is', 'is not', 'in', 'not in'])} {e()})"
        if k == 7:
            return f"({e()} {r.choice(['<', '==', '!='])} {e()} {r.choice(['<', '>=', '!='])} {e()})"
        if k == 8:
            return f"({e()} {r.choice(['and', 'or'])} {e()})"
        if k == 9:
            return f"(not {e()})"
        if k == 10:
            return f"({e()} if {e()} else {e()})"
        if k == 11:
            return "[" + ", ".join(e() for _ in range(r.randrange(4))) + "]"
        if k == 12:
            return "(" + "".join(e() + ", " for _ in range(r.randrange(1, 4))) + ")"
        if k == 13:
            return "{" + ", ".join(f"{r.randrange(4)}: {e()}" for _ in range(r.randrange(4))) + "}"
        if k == 14:
            name = self.fresh("c")
            self.names.append(name)
            body = e()
            condition = f" if {e()}" if r.random() < 0.4 else ""
            self.names.remove(name)
            form = r.choice(["[{}]", "list(({}))", "sorted([{}], key=repr)"])
            return form.format(f"{body} for {name} in {self.iterable()}{condition}")
        if k == 15 and self.functions:
            name, n = r.choice(self.functions)
            return f"{name}({', '.join(e() for _ in range(n))})"
        if k == 16:
            return f"small({e()})"
        if k == 17:
            return f"f\"{{{self.atom()}!r}}-{{{self.atom()}}}\"".replace("'", "_") if not any(c in str(self.names) for c in "\"") else "''"
        if k == 18:
            return f"{r.choice(['len', 'repr', 'str', 'bool', 'type', 'abs', 'list', 'tuple', 'sorted'])}({e()})"
        if k == 19:
            return f"{e()}[{r.choice(['0', '-1', '1:', '::-1', '2'])}]" if r.random() < .5 else f"({e()})[{e()}]"
        if k == 20:
            return f"(lambda {self.fresh('p')}={e()}: {e()})()"
        if k == 21 and self.in_function:
            name = self.fresh("w")
            return f"({name} := {e()})"
        return f"-({e()})"

    def iterable(self):
        return self.r.choice([f"range({self.r.randrange(5)})", f"[{self.atom()}, {self.atom()}]", "'abc'", "{1: 2, 3: 4}",
                              f"small([{self.atom()}])", "(x for x in range(3))", "enumerate('xy')", "zip([1, 2], 'ab')"])

    # ---- statements ----
    def block(self, n=None):
        self.indent += 1
        self.depth += 1
        saved = list(self.names)
        start = len(self.lines)
        for _ in range(n or self.r.randrange(1, 4)):
            self.statement()
        if len(self.lines) == start:
            self.line("pass")
        self.names = saved
        self.depth -= 1
        self.indent -= 1

    def statement(self):
        r = self.r
        k = r.randrange(24)
        if r.random() < 0.3:
            return self.arithmetic()
        if self.depth > 3:
            k = r.randrange(9)
        if k < 3:
            name = r.choice(self.names) if self.names and r.random() < 0.5 else self.fresh()
            self.line(f"{name} = small({self.expr()})")
            if name not in self.names:
                self.names.append(name)
        elif k < 5 and self.names:
            name = r.choice(self.names)
            self.line(f"{name} {r.choice(['+=', '-=', '*=', '//=', '+=', '|='])} {self.expr()}")
            self.line(f"{name} = small({name})")
        elif k < 7:
            self.line(f"show({self.expr()}, {self.expr()})")
        elif k == 7 and self.names and self.depth > 0:
            name = r.choice(self.names)
            self.line(f"del {name}")
            self.line(f"{name} = {self.atom() if self.atom() != name else 0}".replace(f"= {name}", "= 0"))
        elif k == 8:
            a, b = self.fresh(), self.fresh()
            self.line(f"{a}, *{b} = small([{self.expr()}, {self.expr()}])")
            self.names += [a, b]
        elif k < 11:
            self.line(f"if {self.expr()}:")
            self.block()
            if r.random() < 0.5:
                self.line("else:")
                self.block()
        elif k < 13:
            name = self.fresh("i")
            self.line(f"for {name} in {self.iterable()}:")
            self.in_loop += 1
            self.names.append(name)
            self.block()
            if r.random() < 0.3:
                self.indent += 1
                self.line(f"if {self.expr()}: {r.choice(['break', 'continue'])}")
                self.indent -= 1
            self.names.remove(name)
            self.in_loop -= 1
            if r.random() < 0.3:
                self.line("else:")
                self.block(1)
        elif k < 14:
            name = self.fresh("n")
            self.line(f"{name} = {r.randrange(1, 6)}")
            self.line(f"while {name} > 0:")
            self.indent += 1
            self.line(f"{name} -= 1")
            self.indent -= 1
            self.in_loop += 1
            self.block()
            self.in_loop -= 1
        elif k < 17:
            self.line("try:")
            self.block()
            if r.random() < 0.3:
                self.indent += 1
                self.line(f"raise {r.choice(['ValueError', 'KeyError', 'RuntimeError'])}({self.atom()})")
                self.indent -= 1
            handled = r.random() < 0.85
            if handled:
                self.line(f"except {r.choice(['ValueError', '(TypeError, KeyError)', 'Exception', 'ZeroDivisionError'])} as err:")
                self.indent += 1
                self.line("print('caught', type(err).__name__, err)")
                self.indent -= 1
                self.block(1)
                if r.random() < 0.3:
                    self.line("else:")
                    self.block(1)
            if not handled or r.random() < 0.4:
                self.line("finally:")
                self.indent += 1
                self.line(f"print('finally {self.counter}')")
                self.indent -= 1
        elif k == 17:
            self.line(f"with Noisy({r.randrange(9)}) as {self.fresh('m')}:")
            self.block()
        elif k == 18:
            self.line(f"match {self.expr()}:")
            self.indent += 1
            for pattern in r.sample(["0 | 1", "[x, *rest]", "{'a': y}", "str() as s", "int(z) if z > 3", "None", "(p, q)"], 3):
                self.line(f"case {pattern}:")
                self.block(1)
            self.line("case _:")
            self.block(1)
            self.indent -= 1
        elif k < 20 and self.depth < 2:
            r.choice([self.function, self.function, self.kernel, self.klass, self.closure])()
        elif k == 20:
            self.line(f"print({self.formatting()})")
        elif k == 21 and self.in_function and self.depth > 1:
            self.line(f"return {self.expr()}" if not self.in_generator else f"yield {self.expr()}")
        elif k == 22 and self.in_loop:
            self.line(f"if {self.expr()}: {r.choice(['break', 'continue'])}")
        else:
            self.line(f"print({self.expr()})")

    def arithmetic(self):
        """A stretch of float and int arithmetic on locals, as in numeric kernels."""
        r = self.r
        for _ in range(r.randrange(1, 5)):
            numbers = [x for x in self.names if x.startswith("x")]
            if numbers and r.random() < 0.4:
                name = r.choice(numbers)
                self.line(f"{name} {r.choice(['+=', '-=', '*=', '/='])} {self.number()}")
            else:
                name = r.choice(numbers) if numbers and r.random() < 0.4 else self.fresh("x")
                self.line(f"{name} = {self.number()}")
                if name not in self.names:
                    self.names.append(name)
            self.line(f"if abs({name}) > 1e100: {name} = 1.0")
        self.line(f"show({self.number()})")

    def function(self):
        r = self.r
        name = self.fresh("f")
        n = r.randrange(3)
        params = [self.fresh("a") for _ in range(n)]
        outer = self.names, self.in_loop, self.in_function, self.in_generator
        generator = r.random() < 0.25
        self.line(f"def {name}({', '.join(params)}):")
        self.names = params + ([x for x in self.names if r.random() < 0.3] if r.random() < 0.5 else [])
        # A name assigned inside is local: outer ones are only read through a fresh one.
        readable = [x for x in self.names if x not in params]
        self.names = list(params)
        self.indent += 1
        for x in readable[:2]:
            local = self.fresh("r")
            self.line(f"{local} = {x}")
            self.names.append(local)
        self.indent -= 1
        self.in_loop, self.in_function, self.in_generator = 0, True, generator
        if generator:
            self.indent += 1
            self.line(f"yield {self.atom()}")
            self.indent -= 1
        self.block(r.randrange(2, 6))
        self.indent += 1
        self.line(f"{'yield' if generator else 'return'} {self.atom() if not params else params[0]}")
        self.indent -= 1
        self.names, self.in_loop, self.in_function, self.in_generator = outer
        if generator:
            self.line(f"print(list({name}({', '.join(self.atom() for _ in params)})))")
        else:
            self.functions.append((name, n))

    # ---- numeric kernels: what type inference and loop lowering work on ----
    def kernel_number(self, numbers, lists, depth=0):
        r = self.r
        if depth > 2 or r.random() < 0.35:
            return r.choice(numbers + [str(r.choice([0, 1, 2, 3, 5, -1, 7, 2**31, 2**61 + 3, 0.5]))])
        e = lambda: self.kernel_number(numbers, lists, depth + 1)
        k = r.randrange(14)
        if k < 6:
            return f"({e()} {r.choice(['+', '-', '*', '+', '-'])} {e()})"
        if k == 6:
            return f"({e()} {r.choice(['//', '%', '/'])} {r.choice(['3', '7', '-2', '0.5', e()])})"
        if k == 7:
            return f"(int({e()}) {r.choice(['&', '|', '^', '<<', '>>'])} {r.randrange(9)})"
        if k < 11 and lists:
            xs = r.choice(lists)
            return r.choice([f"{xs}[int({e()}) % len({xs})]", f"{xs}[-1]", f"{xs}[{r.randrange(3)}]", f"len({xs})", f"sum({xs})"])
        if k == 11:
            return f"{r.choice(['min', 'max'])}({e()}, {e()})"
        if k == 12 and self.kernels:
            name, n = r.choice(self.kernels)
            return f"{name}({', '.join([e()] * n)}, {r.choice(lists) if lists else '[1, 2, 3]'})"
        return f"abs({e()})"

    def kernel_block(self, numbers, lists, depth):
        r = self.r
        self.indent += 1
        for _ in range(r.randrange(1, 4)):
            e = lambda: self.kernel_number(numbers, lists)
            k = r.randrange(11)
            if k < 3:
                name = r.choice([x for x in numbers if x[0] in "sa"])
                self.line(f"{name} {r.choice(['+=', '-=', '=', '+='])} {e()}")
                self.line(f"if abs({name}) > {r.choice(['10**30', '2**62', '1e9'])}: {name} = {name} % 1009")
            elif k == 3:
                self.line(f"{r.choice(lists)}[int({e()}) % 3] = {r.choice([e(), r.choice(numbers)])}")
            elif k == 4:
                xs = r.choice(lists)
                self.line(f"if len({xs}) < 40: {xs}.append({e()})")
            elif k == 5 and depth < 3:
                self.line(f"if {e()} {r.choice(['<', '>', '==', '<=', '!='])} {e()}:")
                self.kernel_block(numbers, lists, depth + 1)
                if r.random() < 0.5:
                    self.line("else:")
                    self.kernel_block(numbers, lists, depth + 1)
            elif k < 9 and depth < 3:
                name = self.fresh("i")
                bounds = r.choice(["6", "2, 7", "5, -2, -1", "0, 9, 2", f"len({r.choice(lists)})", "2**62 - 2, 2**62 + 2",
                                   "-3, 3", f"int({r.choice(numbers)}) % 6", "7, 2"])
                self.line(f"for {name} in {r.choice([f'range({bounds})'] * 3 + [r.choice(lists)])}:")
                self.kernel_block(numbers + [name], [x for x in lists], depth + 1)
                if r.random() < 0.3:
                    self.indent += 1
                    self.line(f"if {name} {r.choice(['>', '==', '<'])} {r.randrange(5)}: {r.choice(['break', 'continue'])}")
                    self.indent -= 1
                if r.random() < 0.2:
                    self.line("else:")
                    self.indent += 1
                    self.line(f"{r.choice([x for x in numbers if x[0] in 'sa'])} = {e()}")
                    self.indent -= 1
            elif k == 9 and depth < 3:
                name = self.fresh("n")
                self.line(f"{name} = {r.randrange(2, 7)}")
                self.line(f"while {name} > 0:")
                self.indent += 1
                self.line(f"{name} -= {r.choice(['1', '2', '0.5'])}")
                self.indent -= 1
                self.kernel_block(numbers + [name], lists, depth + 1)
            elif depth < 2:
                self.line(f"show({e()})")
            else:
                self.line(f"{r.choice([x for x in numbers if x[0] in 'sa'])} += 1")
        self.indent -= 1

    def kernel(self):
        r = self.r
        name, n = self.fresh("k"), r.randrange(1, 3)
        parameters = [self.fresh("a") for _ in range(n)]
        self.line(f"def {name}({', '.join(parameters)}, ys):")
        self.indent += 1
        total = self.fresh("s")
        self.line(f"{total} = {r.choice(['0', '0.0', '1', parameters[0]])}")
        self.line("zs = list(ys)")
        self.indent -= 1
        self.kernel_block(parameters + [total], ["ys", "zs"], 0)
        self.indent += 1
        self.line(f"return {r.choice([total, total + ' + len(zs)', parameters[0]])}")
        self.indent -= 1
        arguments = ["3", "2.5", "2**62 - 1", "True", "-4", "10**19", "0", "'t'"]
        for _ in range(r.randrange(1, 4)):
            self.line("try:")
            numbers = ", ".join(r.choice(arguments[:-1] if r.random() < 0.9 else arguments) for _ in range(n))
            self.line(f"    show({name}({numbers}, [{r.choice(['1, 2, 3', '0.5, 1.5, 2.5', '1, 2.0, 2**63', 'True, 3, 9'])}]))")
            self.line("except Exception as err:")
            self.line("    print(type(err).__name__, err)")
        self.kernels.append((name, n))

    # ---- classes ----
    def klass(self):
        r = self.r
        name = self.fresh("C")
        bases = r.sample(self.classes, min(len(self.classes), r.choice([0, 1, 1, 2])))
        try:
            type(name, tuple(self.shapes[b] for b in bases), {})
        except TypeError:
            bases = bases[:1]
        self.shapes[name] = type(name, tuple(self.shapes[b] for b in bases), {})
        self.line(f"class {name}({', '.join(bases)}):" if bases else f"class {name}:")
        self.indent += 1
        self.line(f"shared = {self.atom()}")
        if r.random() < 0.7:
            self.line("def __init__(self, a=1, *rest, b=2.5, **more):")
            if bases:
                self.line(f"    {r.choice(['super().__init__(a, *rest, b=b, **more)', f'{bases[0]}.__init__(self, a)'])}")
            self.line(f"    self.a, self.b = {r.choice(['a, b', 'a, a', 'b, len(more)'])}")
            self.line("    self.log = [a, *rest]")
        for method in r.sample(["m1", "m2", "m3"], r.randrange(1, 4)):
            style = r.random()
            if style < 0.2:
                self.line("@property")
                self.line(f"def p{method}(self): return ({self.kernel_number(['self.get()', '2'], [])})")
                continue
            if style < 0.3:
                self.line(r.choice(["@classmethod", "@staticmethod"]))
                self.line(f"def s{method}(*args): return len(args), args[-1:] and type(args[-1]) is int")
                continue
            self.line(f"def {method}(self, v=3):")
            if bases and r.random() < 0.5:
                self.line(f"    if hasattr(super(), {method!r}): v = small(super().{method}(v))")
            self.line(f"    self.b = {self.kernel_number(['self.get()', 'v', '4'], [])}")
            self.line(f"    return {r.choice(['self.b', 'v', '(v, self.get())', '[self.b] * 2', 'self'])}")
        self.line("def get(self): return getattr(self, 'a', 7) if isinstance(getattr(self, 'a', 7), (int, float)) else 1")
        if r.random() < 0.5:
            operator = r.choice(["add", "radd", "lt", "eq", "mul", "getitem", "contains", "call", "len", "iter", "bool"])
            self.line(f"def __{operator}__(self, *other):")
            self.line("    " + {"len": "return 3", "iter": "return iter([1, self.get()])", "bool": "return self.get() > 2",
                                "contains": "return other[0] == self.get()",
                                "getitem": "return (0, 1, 2)[other[0]]"}.get(operator, f"return (self.get(), {operator!r})"))
        if r.random() < 0.4:
            self.line("def __getattr__(self, name): return name.upper() if name.startswith('z') else object.__getattribute__(self, name)")
        if r.random() < 0.3:
            self.line(f"def __del__(self): print('gone', {name!r}, self.get())")
        self.line(f"def __repr__(self): return '<{name} ' + str(small(self.__dict__.get('b', 0))) + '>'")
        self.indent -= 1
        self.classes.append(name)
        o = self.fresh("v")
        self.line("try:")
        self.line(f"    {o} = {name}({r.choice(['', '5', '2**62', '1.5, 2', 'b=3, c=4', '7, b=1'])})" if r.random() < .95 else f"    {o} = {name}")
        self.line(f"except TypeError as err: print(err); {o} = {self.atom()}")
        self.names.append(o)
        uses = [f"{o}.m1()", f"{o}.m2(2)", f"{o}.m3(v=1.5)", f"{o}.pm1", f"{o}.sm2(1, 2)", f"{name}.sm3()", f"{o} + 1", f"2 + {o}", f"{o} < 3", f"{o} == {o}",
                f"{o}[1]", f"1 in {o}", f"{o}(1)", f"len({o})", f"list({o})", f"bool({o})", f"{o}.zed", f"{o}.missing", f"{o}.shared",
                f"sorted({o}.__dict__)", f"isinstance({o}, {r.choice(self.classes)})", f"[k.__name__ for k in {name}.__mro__]", f"hash({o}) == hash({o})"]
        for use in r.sample(uses, 7):
            self.line("try:")
            self.line(f"    show({use})")
            self.line("except Exception as err:")
            self.line("    print(type(err).__name__, str(err).split(' at 0x')[0])")
            if r.random() < 0.15:
                self.line(r.choice([f"{name}.m1 = lambda self, v=0: ('patched', v)", f"{o}.m2 = lambda *v: ('own', v)", f"{o}.a = 9", f"{name}.shared = 'new'",
                                    f"{name}.__len__ = lambda self: 11", f"if hasattr({o}, 'b'): del {o}.b"]))

    def closure(self):
        r = self.r
        name, cell, inner = self.fresh("g"), self.fresh("q"), self.fresh("h")
        self.line(f"def {name}({cell}=0):")
        self.indent += 1
        self.line("made = []")
        self.line("for turn in range(3):")
        self.line(f"    def {inner}(step={r.choice(['1', 'turn', '0.5'])}):")
        self.line(f"        nonlocal {cell}")
        self.line(f"        {cell} += step * {r.choice(['turn', '2', 'len(made)'])}")
        self.line(f"        return {cell}, turn")
        self.line(f"    made.append({r.choice([inner, f'lambda: {cell}', f'lambda t=turn: ({cell}, t, turn)'])})")
        self.line(f"return [m() for m in made] + [{cell}]")
        self.indent -= 1
        self.line(f"print({name}({r.choice(['', '5', '0.25', '2**62'])}))")

    def formatting(self):
        r = self.r
        value = r.choice(self.names) if self.names and r.random() < 0.5 else self.atom()
        number = r.choice(["0", "1.5", "-2.25", "1e300", "2**70", "-255", "True", "0.1"])
        return r.choice([
            f"f'{{{number}:{r.choice(['', '>12', '<9.3f', '+.2e', '010', 'g', '_', ',.1f', '^15', '%', '.3'])}}}'",
            f"'%{r.choice(['5.2f', 's', 'r', '-8s', '08.3f', 'g', 'e'])}|' % ({number},)",
            f"'{{0:{r.choice(['>8', '<8', '^8', ''])}}}|{{0!r}}'.format(str({value})[:9])",
            f"'{{:{r.choice(['d', 'x', '#b', 'o', ',', '+d', '08d'])}}}'.format(int({r.choice(['3', '-99', '2**65', '0', 'True'])}))",
            f"str({value})[:30].{r.choice(['upper()', 'title()', 'replace(chr(97), chr(98))', 'split()', 'center(20, chr(42))', 'partition(chr(32))', 'encode()', 'zfill(9)'])}",
        ])

    def program(self, parts, kinds):
        text = []
        for _ in range(parts):
            self.lines = []
            self.indent = 0
            if kinds or self.r.random() < 0.5:
                getattr(self, self.r.choice(kinds or KINDS))()
                text.append("\n".join(self.lines))
                continue
            self.line("try:")
            kernels, classes = list(self.kernels), list(self.classes)
            self.block(self.r.randrange(1, 5))
            self.line("except Exception as top:")
            self.line("    print('top', type(top).__name__, top)")
            text.append("\n".join(self.lines))
            # What the block defined may be missing when it failed.
            self.names, self.functions, self.kernels, self.classes = [], [], kernels, classes
        # The moment at which the collector finds things at exit is nobody's promise.
        text.append("for _k in [k for k in globals() if k[0] in 'vmwxnCkgsKhyG' and k[1:].isdigit()]: del globals()[_k]")
        text.append("print('end', Noisy.count)")
        return "\n".join(text) + "\n"


def program(seed, parts=PARTS, kinds=()):
    """The text of a program without what all of them begin with; of parts of some kinds alone, if any are given."""
    while True:
        text = Generator(seed).program(parts, kinds)
        try:
            compile(text, "p", "exec", dont_inherit=True)
            return text
        except (SyntaxError, RecursionError):
            seed += 1_000_003
