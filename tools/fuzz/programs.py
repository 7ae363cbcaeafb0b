#!/usr/bin/env python3
"""Random Python programs that terminate, and a comparison of what implementations print for them.

    programs.py --seed N                         print the program of seed N
    programs.py --compare CMD [CMD…] [--count N] [--start N]
                run seeds with python3.11 and each CMD ("{file}" is the program); stop at the first difference

Programs use integers of all sizes, floats, strings, containers, classes with special methods and __del__,
closures, generators, exceptions with finally, match, comprehensions, augmented assignment, deletion.
Everything they do is printed, and every loop is bounded.
"""
import argparse
import os
import random
import shlex
import subprocess
import sys
import tempfile
import warnings

PRELUDE = '''\
import sys
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
    print(*[v if not isinstance(v, float) else repr(v) for v in values])
def small(v, limit=10**40):
    if isinstance(v, int) and abs(v) > limit:
        return v % 1000003
    if isinstance(v, (str, list, tuple)) and len(v) > 60:
        return v[:7]
    return v
'''


class Generator:
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
        elif k < 21 and self.depth < 2:
            self.function()
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

    def program(self):
        text = [PRELUDE]
        for _ in range(8):
            self.lines = []
            self.indent = 0
            self.line("try:")
            self.block(self.r.randrange(3, 8))
            self.line("except Exception as top:")
            self.line("    print('top', type(top).__name__, top)")
            text.append("\n".join(self.lines))
            # What the block defined may be missing when it failed.
            self.names, self.functions = [], []
        # The moment at which the collector finds things at exit is nobody's promise.
        text.append("for _k in [k for k in globals() if k[0] in 'vmwxn' and k[1:].isdigit()]: del globals()[_k]")
        text.append("print('end', Noisy.count)")
        return "\n".join(text) + "\n"


def program(seed):
    while True:
        text = Generator(seed).program()
        try:
            compile(text, "p", "exec", dont_inherit=True)
            return text
        except (SyntaxError, RecursionError):
            seed += 1_000_003


def run(command, path):
    argv = [a.replace("{file}", path) for a in shlex.split(command)]
    try:
        p = subprocess.run(argv, capture_output=True, timeout=20, env={**os.environ, "PYTHONWARNINGS": "ignore"})
        return p.returncode, p.stdout, p.stderr.decode(errors="replace")[-600:]
    except subprocess.TimeoutExpired:
        return "timeout", b"", ""


def main():
    warnings.simplefilter("ignore")
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int)
    options.add_argument("--compare", nargs="+")
    options.add_argument("--count", type=int, default=100)
    options.add_argument("--start", type=int, default=0)
    options.add_argument("--keep-going", action="store_true")
    o = options.parse_args()
    if o.seed is not None:
        sys.stdout.write(program(o.seed))
        return 0
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(o.start, o.start + o.count):
            path = os.path.join(folder, "p.py")
            with open(path, "w", encoding="utf-8") as f:
                f.write(program(seed))
            status, out, err = run("/usr/bin/python3.11 {file}", path)
            if status == "timeout":
                continue
            for command in o.compare:
                got = run(command, path)
                if (status, out) != got[:2]:
                    different += 1
                    expected, actual = out.decode().splitlines(), got[1].decode(errors="replace").splitlines()
                    at = next((i for i, (a, b) in enumerate(zip(expected, actual)) if a != b), min(len(expected), len(actual)))
                    print(f"seed {seed}: {command}: status {got[0]}, expected {status}; line {at + 1}:")
                    print("  expected", expected[at:at + 2], "\n  got     ", actual[at:at + 2], "\n ", got[2][-300:])
                    if not o.keep_going:
                        return 1
    print(f"{o.count} programs, {different} differences")
    return different != 0


if __name__ == "__main__":
    sys.exit(main())
