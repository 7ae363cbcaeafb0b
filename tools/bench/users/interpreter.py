"""A small language: tokenizer, parser, checker and an interpreter that walks the tree."""
import sys


class LangError(Exception):
    def __init__(self, message, line):
        super().__init__(f"line {line}: {message}")
        self.line = line


class Token:
    def __init__(self, kind, text, line):
        self.kind = kind
        self.text = text
        self.line = line

    def __repr__(self):
        return f"{self.kind}({self.text!r})"


KEYWORDS = {"let", "fn", "if", "else", "while", "for", "in", "return", "true", "false", "nil", "and", "or", "not", "break", "print"}
SYMBOLS = ["==", "!=", "<=", ">=", "->", "+", "-", "*", "/", "%", "<", ">", "=", "(", ")", "{", "}", "[", "]", ",", ";", ".", ":"]


def tokenize(source):
    tokens = []
    line = 1
    i = 0
    while i < len(source):
        c = source[i]
        if c == "\n":
            line += 1
            i += 1
        elif c.isspace():
            i += 1
        elif c == "#":
            while i < len(source) and source[i] != "\n":
                i += 1
        elif c.isdigit():
            start = i
            while i < len(source) and (source[i].isdigit() or source[i] == "."):
                i += 1
            tokens.append(Token("number", source[start:i], line))
        elif c.isalpha() or c == "_":
            start = i
            while i < len(source) and (source[i].isalnum() or source[i] == "_"):
                i += 1
            text = source[start:i]
            tokens.append(Token(text if text in KEYWORDS else "name", text, line))
        elif c == '"':
            i += 1
            chars = []
            while i < len(source) and source[i] != '"':
                if source[i] == "\\":
                    i += 1
                    chars.append({"n": "\n", "t": "\t"}.get(source[i], source[i]))
                else:
                    chars.append(source[i])
                i += 1
            if i >= len(source):
                raise LangError("unterminated string", line)
            i += 1
            tokens.append(Token("string", "".join(chars), line))
        else:
            for symbol in SYMBOLS:
                if source.startswith(symbol, i):
                    tokens.append(Token(symbol, symbol, line))
                    i += len(symbol)
                    break
            else:
                raise LangError(f"unexpected character {c!r}", line)
    tokens.append(Token("end", "", line))
    return tokens


# ---- the tree -------------------------------------------------------------
class Node:
    line = 0

    def evaluate(self, scope):
        raise NotImplementedError(type(self).__name__)


class Break(Exception):
    pass


class Return(Exception):
    def __init__(self, value):
        self.value = value


class Scope:
    def __init__(self, parent=None):
        self.names = {}
        self.parent = parent

    def lookup(self, name, line):
        scope = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        raise LangError(f"unknown name {name}", line)

    def assign(self, name, value, line):
        scope = self
        while scope is not None:
            if name in scope.names:
                scope.names[name] = value
                return
            scope = scope.parent
        raise LangError(f"assignment to unknown name {name}", line)


class Literal(Node):
    def __init__(self, value):
        self.value = value

    def evaluate(self, scope):
        return self.value


class Name(Node):
    def __init__(self, name):
        self.name = name

    def evaluate(self, scope):
        return scope.lookup(self.name, self.line)


class ListDisplay(Node):
    def __init__(self, items):
        self.items = items

    def evaluate(self, scope):
        return [item.evaluate(scope) for item in self.items]


class Unary(Node):
    def __init__(self, operator, operand):
        self.operator = operator
        self.operand = operand

    def evaluate(self, scope):
        value = self.operand.evaluate(scope)
        if self.operator == "not":
            return not truthy(value)
        if not isinstance(value, (int, float)):
            raise LangError("operand must be a number", self.line)
        return -value


class Binary(Node):
    OPERATIONS = {
        "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "%": lambda a, b: a % b,
        "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
        "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
    }

    def __init__(self, operator, left, right):
        self.operator = operator
        self.left = left
        self.right = right

    def evaluate(self, scope):
        left = self.left.evaluate(scope)
        right = self.right.evaluate(scope)
        if self.operator == "/":
            if right == 0:
                raise LangError("division by zero", self.line)
            return left // right if isinstance(left, int) and isinstance(right, int) else left / right
        try:
            return self.OPERATIONS[self.operator](left, right)
        except TypeError:
            raise LangError(f"cannot apply {self.operator} to {kind_of(left)} and {kind_of(right)}", self.line) from None


class Logical(Node):
    def __init__(self, operator, left, right):
        self.operator = operator
        self.left = left
        self.right = right

    def evaluate(self, scope):
        left = self.left.evaluate(scope)
        if self.operator == "and":
            return self.right.evaluate(scope) if truthy(left) else left
        return left if truthy(left) else self.right.evaluate(scope)


class Index(Node):
    def __init__(self, target, index):
        self.target = target
        self.index = index

    def evaluate(self, scope):
        target = self.target.evaluate(scope)
        index = self.index.evaluate(scope)
        try:
            return target[index]
        except (IndexError, KeyError, TypeError):
            raise LangError(f"no item {show(index)}", self.line) from None


class Call(Node):
    def __init__(self, callee, arguments):
        self.callee = callee
        self.arguments = arguments

    def evaluate(self, scope):
        callee = self.callee.evaluate(scope)
        arguments = [a.evaluate(scope) for a in self.arguments]
        if not callable(callee):
            raise LangError(f"{kind_of(callee)} is not callable", self.line)
        return callee(*arguments)


class Function(Node):
    def __init__(self, name, parameters, body):
        self.name = name
        self.parameters = parameters
        self.body = body

    def evaluate(self, scope):
        closure = Closure(self, scope)
        if self.name:
            scope.names[self.name] = closure
        return closure


class Closure:
    def __init__(self, function, scope):
        self.function = function
        self.scope = scope

    def __call__(self, *arguments):
        function = self.function
        if len(arguments) != len(function.parameters):
            raise LangError(f"{function.name} takes {len(function.parameters)} arguments", function.line)
        scope = Scope(self.scope)
        for name, value in zip(function.parameters, arguments):
            scope.names[name] = value
        try:
            function.body.evaluate(scope)
        except Return as r:
            return r.value
        return None


class Let(Node):
    def __init__(self, name, value):
        self.name = name
        self.value = value

    def evaluate(self, scope):
        scope.names[self.name] = self.value.evaluate(scope)


class Assign(Node):
    def __init__(self, target, value):
        self.target = target
        self.value = value

    def evaluate(self, scope):
        value = self.value.evaluate(scope)
        if isinstance(self.target, Name):
            scope.assign(self.target.name, value, self.line)
        else:
            self.target.target.evaluate(scope)[self.target.index.evaluate(scope)] = value
        return value


class Block(Node):
    def __init__(self, statements):
        self.statements = statements

    def evaluate(self, scope):
        for statement in self.statements:
            statement.evaluate(scope)


class If(Node):
    def __init__(self, condition, then, otherwise):
        self.condition = condition
        self.then = then
        self.otherwise = otherwise

    def evaluate(self, scope):
        if truthy(self.condition.evaluate(scope)):
            self.then.evaluate(Scope(scope))
        elif self.otherwise is not None:
            self.otherwise.evaluate(Scope(scope))


class While(Node):
    def __init__(self, condition, body):
        self.condition = condition
        self.body = body

    def evaluate(self, scope):
        try:
            while truthy(self.condition.evaluate(scope)):
                self.body.evaluate(Scope(scope))
        except Break:
            pass


class For(Node):
    def __init__(self, name, items, body):
        self.name = name
        self.items = items
        self.body = body

    def evaluate(self, scope):
        try:
            for item in self.items.evaluate(scope):
                inner = Scope(scope)
                inner.names[self.name] = item
                self.body.evaluate(inner)
        except Break:
            pass


class ReturnStatement(Node):
    def __init__(self, value):
        self.value = value

    def evaluate(self, scope):
        raise Return(self.value.evaluate(scope) if self.value else None)


class BreakStatement(Node):
    def evaluate(self, scope):
        raise Break()


class Print(Node):
    def __init__(self, values):
        self.values = values

    def evaluate(self, scope):
        print(*[show(v.evaluate(scope)) for v in self.values])


def truthy(value):
    return value is not None and value is not False


def kind_of(value):
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return {"str": "string", "list": "list", "dict": "map"}.get(type(value).__name__, "function")


def show(value):
    if value is None:
        return "nil"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, list):
        return "[" + ", ".join(show(v) for v in value) + "]"
    return str(value)


class Parser:
    PRECEDENCE = [["or"], ["and"], ["==", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]]

    def __init__(self, tokens):
        self.tokens = tokens
        self.position = 0

    @property
    def current(self):
        return self.tokens[self.position]

    def accept(self, *kinds):
        token = self.current
        if token.kind in kinds:
            self.position += 1
            return token
        return None

    def expect(self, kind):
        token = self.accept(kind)
        if token is None:
            raise LangError(f"expected {kind}, found {self.current.text or 'end'}", self.current.line)
        return token

    def at(self, node, token):
        node.line = token.line
        return node

    def program(self):
        statements = []
        while self.current.kind != "end":
            statements.append(self.statement())
        return Block(statements)

    def block(self):
        self.expect("{")
        statements = []
        while not self.accept("}"):
            statements.append(self.statement())
        return Block(statements)

    def statement(self):
        token = self.current
        if self.accept("let"):
            name = self.expect("name").text
            self.expect("=")
            node = Let(name, self.expression())
        elif token.kind == "fn" and self.tokens[self.position + 1].kind == "name":
            self.accept("fn")
            return self.at(self.function(self.expect("name").text), token)
        elif self.accept("if"):
            return self.at(self.conditional(), token)
        elif self.accept("while"):
            condition = self.expression()
            return self.at(While(condition, self.block()), token)
        elif self.accept("for"):
            name = self.expect("name").text
            self.expect("in")
            items = self.expression()
            return self.at(For(name, items, self.block()), token)
        elif self.accept("return"):
            node = ReturnStatement(None if self.current.kind == ";" else self.expression())
        elif self.accept("break"):
            node = BreakStatement()
        elif self.accept("print"):
            node = Print(self.arguments_until(";"))
        else:
            node = self.expression()
            if self.accept("="):
                if not isinstance(node, (Name, Index)):
                    raise LangError("cannot assign to this", token.line)
                node = Assign(node, self.expression())
        self.expect(";")
        return self.at(node, token)

    def conditional(self):
        condition = self.expression()
        then = self.block()
        otherwise = None
        if self.accept("else"):
            otherwise = self.conditional() if self.accept("if") else self.block()
        return If(condition, then, otherwise)

    def function(self, name):
        self.expect("(")
        parameters = []
        while not self.accept(")"):
            parameters.append(self.expect("name").text)
            if self.current.kind != ")":
                self.expect(",")
        return Function(name, parameters, self.block())

    def arguments_until(self, end):
        values = []
        while self.current.kind != end:
            values.append(self.expression())
            if self.current.kind != end:
                self.expect(",")
        return values

    def expression(self, level=0):
        if level == len(self.PRECEDENCE):
            return self.unary()
        left = self.expression(level + 1)
        while True:
            token = self.accept(*self.PRECEDENCE[level])
            if token is None:
                return left
            right = self.expression(level + 1)
            kind = Logical if token.kind in ("and", "or") else Binary
            left = self.at(kind(token.kind, left, right), token)

    def unary(self):
        token = self.accept("-", "not")
        if token:
            return self.at(Unary(token.kind, self.unary()), token)
        return self.postfix()

    def postfix(self):
        node = self.primary()
        while True:
            token = self.current
            if self.accept("("):
                node = self.at(Call(node, self.arguments_until(")")), token)
                self.expect(")")
            elif self.accept("["):
                node = self.at(Index(node, self.expression()), token)
                self.expect("]")
            else:
                return node

    def primary(self):
        token = self.current
        self.position += 1
        if token.kind == "number":
            return Literal(float(token.text) if "." in token.text else int(token.text))
        if token.kind == "string":
            return Literal(token.text)
        if token.kind in ("true", "false", "nil"):
            return Literal({"true": True, "false": False, "nil": None}[token.kind])
        if token.kind == "name":
            return self.at(Name(token.text), token)
        if token.kind == "fn":
            return self.at(self.function(None), token)
        if token.kind == "[":
            items = self.arguments_until("]")
            self.expect("]")
            return ListDisplay(items)
        if token.kind == "(":
            node = self.expression()
            self.expect(")")
            return node
        raise LangError(f"unexpected {token.text or 'end'}", token.line)


def builtins():
    scope = Scope()
    scope.names.update({
        "len": len, "str": show, "append": lambda xs, x: xs.append(x), "range": lambda n: list(range(n)),
        "floor": lambda x: int(x // 1), "map_new": dict, "has": lambda m, k: k in m, "keys": lambda m: sorted(m),
    })
    return scope


PROGRAM = '''
# Prime numbers, sorting, closures and a word count, as one would try a new language.
fn fib(n) { if n < 2 { return n; } return fib(n - 1) + fib(n - 2); }
fn sieve(limit) {
    let flags = []; let primes = []; let i = 0;
    while i <= limit { append(flags, true); i = i + 1; }
    i = 2;
    while i <= limit {
        if flags[i] {
            append(primes, i);
            let j = i * i;
            while j <= limit { flags[j] = false; j = j + i; }
        }
        i = i + 1;
    }
    return primes;
}
fn counter(start) {
    let n = start;
    return fn(step) { n = n + step; return n; };
}
fn sort(xs) {
    let n = len(xs);
    for i in range(n) {
        let j = i;
        while j > 0 and xs[j - 1] > xs[j] {
            let t = xs[j]; xs[j] = xs[j - 1]; xs[j - 1] = t;
            j = j - 1;
        }
    }
    return xs;
}
fn noise(n) {
    let seed = 42; let out = [];
    for i in range(n) { seed = (seed * 1103 + 12345) % 65536; append(out, seed % 1000); }
    return out;
}
fn tally(words) {
    let counts = map_new();
    for w in words {
        if has(counts, w) { counts[w] = counts[w] + 1; } else { counts[w] = 1; }
    }
    return counts;
}
fn compose(f, g) { return fn(x) { return f(g(x)); }; }
let primes = sieve(400 * SIZE);
print "primes", len(primes), primes[len(primes) - 1];
print "fib", fib(13 + SIZE / 20);
let up = counter(10);
for i in range(200 * SIZE) { up(i % 3); }
print "counter", up(0);
let xs = sort(noise(25 + 6 * SIZE));
print "sorted", xs[0], xs[len(xs) - 1], len(xs);
let counts = tally(["a", "b", "a", "c", "b", "a"]);
for k in keys(counts) { print k, counts[k]; }
let twice = compose(fn(x) { return x * 2; }, fn(x) { return x + 1.5; });
print twice(4), not nil, "text " + str([1, true, nil]);
let total = 0.0;
for i in range(300 * SIZE) { if i % 7 == 3 { total = total + i / 2.0; } else if i % 5 == 1 { total = total - 1; } }
print total;
'''
BROKEN = ['let x = ;', 'print y;', 'fn f(a) { return a; } f(1, 2);', 'print 1 / 0;', 'print "a" - 1;', 'let a = [1]; print a[5];', '3 = 4;', 'let s = "open']


def run(source):
    tree = Parser(tokenize(source)).program()
    tree.evaluate(Scope(builtins()))


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    run(PROGRAM.replace("SIZE", str(size)))
    for source in BROKEN:
        try:
            run(source)
        except LangError as e:
            print("error:", e)


if __name__ == "__main__":
    main()
