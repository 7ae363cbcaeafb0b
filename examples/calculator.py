"""An expression language: tokens, a Pratt parser, a tree, simplification, evaluation.

./bootstrap run examples/calculator.py examples/data/calculator.txt
"""
import math
import sys


class CalcError(Exception):
    """An error in the user's text, with the column it was found at."""

    def __init__(self, message, column=None):
        super().__init__(message)
        self.message = message
        self.column = column

    def show(self, line):
        if self.column is None:
            return f"error: {self.message}"
        return f"{line}\n{' ' * self.column}^ {self.message}"


# --- tokens -----------------------------------------------------------------

class Token:
    __slots__ = ("kind", "text", "column")

    def __init__(self, kind, text, column):
        self.kind, self.text, self.column = kind, text, column

    def __repr__(self):
        return f"{self.kind}:{self.text}@{self.column}"


TWO_CHARACTERS = {"**", "//", "<=", ">=", "==", "!="}


def tokenize(line):
    i = 0
    while i < len(line):
        c = line[i]
        start = i
        if c.isspace():
            i += 1
            continue
        if c.isdigit() or (c == "." and line[i + 1:i + 2].isdigit()):
            while i < len(line) and (line[i].isalnum() or line[i] in "._"):
                i += 1
                if line[i - 1] in "eE" and line[i:i + 1] in ("+", "-"):
                    i += 1
            yield Token("number", line[start:i], start)
        elif c.isalpha() or c == "_":
            while i < len(line) and (line[i].isalnum() or line[i] == "_"):
                i += 1
            yield Token("name", line[start:i], start)
        elif line[i:i + 2] in TWO_CHARACTERS:
            i += 2
            yield Token("op", line[start:i], start)
        elif c in "+-*/%^()[],=<>?:!":
            i += 1
            yield Token("op", c, start)
        else:
            raise CalcError(f"what is {c!r}?", start)
    yield Token("end", "", len(line))


# --- the tree ---------------------------------------------------------------

class Node:
    fields = ()

    def __init_subclass__(cls):
        cls.__match_args__ = cls.fields

    def __init__(self, *values, column=None):
        for name, value in zip(self.fields, values, strict=True):
            setattr(self, name, value)
        self.column = column

    def __eq__(self, other):
        return type(self) is type(other) and all(getattr(self, f) == getattr(other, f) for f in self.fields)

    def __hash__(self):
        return hash((type(self).__name__, *(getattr(self, f) for f in self.fields)))

    def __str__(self):
        parts = " ".join(str(getattr(self, f)) for f in self.fields)
        return f"({type(self).__name__.lower()} {parts})"


class Number(Node):
    fields = ("value",)

    def __str__(self):
        return repr(self.value)


class Name(Node):
    fields = ("id",)

    def __str__(self):
        return self.id


class Unary(Node):
    fields = ("op", "operand")


class Binary(Node):
    fields = ("op", "left", "right")


class Call(Node):
    fields = ("function", "arguments")

    def __str__(self):
        return f"(call {self.function} {' '.join(map(str, self.arguments))})"


class Vector(Node):
    fields = ("items",)

    def __str__(self):
        return "[" + " ".join(map(str, self.items)) + "]"


class Choice(Node):
    fields = ("test", "yes", "no")


class Define(Node):
    fields = ("name", "parameters", "body")


# --- the parser -------------------------------------------------------------

class Parser:
    binary = {"?": 1, "==": 3, "!=": 3, "<": 4, ">": 4, "<=": 4, ">=": 4, "+": 5, "-": 5,
              "*": 6, "/": 6, "//": 6, "%": 6, "**": 8, "^": 8, "!": 9}
    right_associative = {"**", "^"}
    unary_power = 7

    def __init__(self, line):
        self.tokens = list(tokenize(line))
        self.at = 0

    @property
    def token(self):
        return self.tokens[self.at]

    def advance(self):
        token = self.token
        self.at += 1
        return token

    def expect(self, text):
        if self.token.text != text:
            found = self.token.text or "the end"
            raise CalcError(f"expected {text!r}, found {found!r}", self.token.column)
        return self.advance()

    def statement(self):
        """expression | name = expression | name(a, b) = expression"""
        node = self.expression()
        if self.token.text == "=":
            column = self.advance().column
            match node:
                case Name(name):
                    node = Define(name, None, self.expression(), column=column)
                case Call(name, arguments) if all(isinstance(a, Name) for a in arguments):
                    node = Define(name, tuple(a.id for a in arguments), self.expression(), column=column)
                case _:
                    raise CalcError("cannot assign to this", column)
        if self.token.kind != "end":
            raise CalcError(f"did not expect {self.token.text!r}", self.token.column)
        return node

    def expression(self, power=0):
        left = self.prefix()
        while (token := self.token).kind == "op" and self.binary.get(token.text, -1) > power:
            self.advance()
            mine = self.binary[token.text]
            if token.text == "?":
                yes = self.expression()
                self.expect(":")
                left = Choice(left, yes, self.expression(mine - 1), column=token.column)
            elif token.text == "!":
                left = Call("factorial", (left,), column=token.column)
            else:
                op = "**" if token.text == "^" else token.text
                right = self.expression(mine - (token.text in self.right_associative))
                left = Binary(op, left, right, column=token.column)
        return left

    def prefix(self):
        token = self.advance()
        if token.kind == "number":
            try:
                text = token.text
                return Number(float(text) if any(c in text for c in ".eE") and not text.startswith("0x") else int(text, 0))
            except ValueError as error:
                raise CalcError(f"bad number {token.text!r}", token.column) from error
        if token.kind == "name":
            if self.token.text == "(":
                self.advance()
                return Call(token.text, self.items(")"), column=token.column)
            return Name(token.text, column=token.column)
        if token.text in ("-", "+"):
            return Unary(token.text, self.expression(self.unary_power), column=token.column)
        if token.text == "(":
            inner = self.expression()
            self.expect(")")
            return inner
        if token.text == "[":
            return Vector(self.items("]"), column=token.column)
        raise CalcError("expected a value" if token.text else "the line ends too early", token.column)

    def items(self, end):
        found = []
        while self.token.text != end:
            found.append(self.expression())
            if self.token.text != end:
                self.expect(",")
        self.advance()
        return tuple(found)


# --- simplification: rules as patterns --------------------------------------

def simplify(node):
    match node:
        case Binary(op, left, right):
            node = Binary(op, simplify(left), simplify(right), column=node.column)
        case Unary(op, operand):
            node = Unary(op, simplify(operand), column=node.column)
        case Call(name, arguments):
            return Call(name, tuple(simplify(a) for a in arguments), column=node.column)
        case Define(name, parameters, body):
            return Define(name, parameters, simplify(body), column=node.column)
    match node:
        case Unary("-", Number(n)):
            return Number(-n)
        case Unary("-", Unary("-", x)) | Unary("+", x):
            return x
        case Binary("+" | "-", x, Number(0)) | Binary("+", Number(0), x):
            return x
        case Binary("*", Number(1), x) | Binary("*" | "/" | "**", x, Number(1)):
            return x
        case Binary("-", x, y) if x == y and isinstance(x, Name):
            return Number(0)
        case Binary("+", x, y) if x == y:
            return Binary("*", Number(2), x, column=node.column)
        case Binary("+" | "-" | "*" as op, Number(a), Number(b)):
            return Number(OPERATORS[op](a, b))
    return node


# --- evaluation -------------------------------------------------------------

def broadcast(function):
    """Lets a function of two numbers work on lists of numbers too."""

    def apply(a, b):
        match a, b:
            case list(), list():
                if len(a) != len(b):
                    raise CalcError(f"vectors of {len(a)} and {len(b)} items")
                return [apply(x, y) for x, y in zip(a, b)]
            case list(), _:
                return [apply(x, b) for x in a]
            case _, list():
                return [apply(a, y) for y in b]
        return function(a, b)

    return apply


OPERATORS = {
    "+": broadcast(lambda a, b: a + b), "-": broadcast(lambda a, b: a - b), "*": broadcast(lambda a, b: a * b),
    "/": broadcast(lambda a, b: a / b), "//": broadcast(lambda a, b: a // b), "%": broadcast(lambda a, b: a % b),
    "**": broadcast(lambda a, b: a ** b), "<": lambda a, b: a < b, ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}
BUILTINS = {
    "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos, "ln": math.log, "gcd": math.gcd, "factorial": math.factorial,
    "abs": abs, "max": max, "min": min, "sum": lambda *v: sum(v[0] if isinstance(v[0], list) else v),
    "len": len, "round": round, "range": lambda *a: list(range(*a)),
    "hex": lambda n: f"{n:#x}", "dot": lambda a, b: sum(x * y for x, y in zip(a, b, strict=True)),
}


class Function:
    def __init__(self, name, parameters, body, globals):
        self.name, self.parameters, self.body, self.globals = name, parameters, body, globals

    def __call__(self, *arguments):
        if len(arguments) != len(self.parameters):
            raise CalcError(f"{self.name} wants {len(self.parameters)} values, got {len(arguments)}")
        return evaluate(self.body, {**self.globals, **dict(zip(self.parameters, arguments))})


def evaluate(node, names):
    match node:
        case Number(value):
            return value
        case Name(id):
            if id not in names:
                near = sorted(n for n in names if n[:1] == id[:1])
                hint = f"; did you mean {near[0]}?" if near else ""
                raise CalcError(f"{id} is not defined{hint}", node.column)
            return names[id]
        case Unary(op, operand):
            value = evaluate(operand, names)
            return OPERATORS["*"](value, -1) if op == "-" else value
        case Binary(op, left, right):
            a, b = evaluate(left, names), evaluate(right, names)
            try:
                return OPERATORS[op](a, b)
            except (ZeroDivisionError, OverflowError, TypeError) as error:
                raise CalcError(f"{type(error).__name__}: {error}", node.column) from error
        case Vector(items):
            return [evaluate(i, names) for i in items]
        case Choice(test, yes, no):
            return evaluate(yes if evaluate(test, names) else no, names)
        case Call(name, arguments):
            function = evaluate(Name(name, column=node.column), names)
            if not callable(function):
                raise CalcError(f"{name} is not a function", node.column)
            values = [evaluate(a, names) for a in arguments]
            try:
                return function(*values)
            except (ValueError, TypeError) as error:
                raise CalcError(f"{name}: {error}", node.column) from error
            except RecursionError:
                raise CalcError(f"{name} never ends") from None
    raise AssertionError(f"no rule for {node!r}")


def show(value):
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e16:
            return f"{value:.1f}"
        case float():
            return f"{value:.10g}"
        case int() if abs(value) >= 10**24:
            digits = str(value)
            return f"{digits[:12]}…{digits[-4:]} ({len(digits)} digits)"
        case list():
            return "[" + ", ".join(map(show, value)) + "]"
    return str(value)


class Session:
    def __init__(self):
        self.names = dict(BUILTINS, pi=math.pi, e=math.e)
        self.errors = 0

    def run(self, line):
        want_tree = line.startswith("tree ")
        if want_tree:
            line = line[len("tree "):]
        try:
            node = simplify(Parser(line).statement())
            if want_tree:
                return str(node)
            match node:
                case Define(name, None, body):
                    self.names[name] = evaluate(body, self.names)
                    return f"{name} = {show(self.names[name])}"
                case Define(name, parameters, body):
                    self.names[name] = Function(name, parameters, body, self.names)
                    return f"{name} takes {', '.join(parameters) or 'nothing'}"
            self.names["ans"] = evaluate(node, self.names)
            return show(self.names["ans"])
        except CalcError as error:
            self.errors += 1
            return error.show(line)


def main(argv):
    session = Session()
    lines = open(argv[1], encoding="utf-8") if len(argv) > 1 else sys.stdin
    with lines:
        for number, line in enumerate(lines, 1):
            line = line.strip()
            if line and not line.startswith("#"):
                print(f"[{number}] {line}")
                print(session.run(line))
    print(f"{session.errors} errors, {len(session.names) - len(BUILTINS) - 2} names defined")


if __name__ == "__main__":
    main(sys.argv)
