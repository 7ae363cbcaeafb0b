"""A template engine: text with {{ expressions | filters }}, {% statements %} and inheritance, rendered from a tree."""
import html
import re
import sys

SPLIT = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
EXPRESSION = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|('[^']*'|\"[^\"]*\")|([A-Za-z_][\w.]*)|(==|!=|<=|>=|[-+*/%<>()|,:]))")


class TemplateError(Exception):
    pass


class Missing:
    """What a name without a value is: empty, false, and without attributes that have one."""

    def __str__(self):
        return ""

    def __bool__(self):
        return False

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


MISSING = Missing()
FILTERS = {}


def template_filter(function):
    FILTERS[function.__name__.rstrip("_")] = function
    return function


@template_filter
def upper(value):
    return str(value).upper()


@template_filter
def title(value):
    return str(value).title()


@template_filter
def default(value, other=""):
    return value if value or value == 0 else other


@template_filter
def join(value, separator=", "):
    return separator.join(str(v) for v in value)


@template_filter
def length(value):
    return len(value)


@template_filter
def money(value, unit="EUR"):
    return f"{value:,.2f} {unit}"


@template_filter
def truncate(value, size=20):
    text = str(value)
    return text if len(text) <= size else text[:size - 1].rstrip() + "…"


@template_filter
def sort(value, key=None):
    return sorted(value, key=(lambda v: resolve(v, key)) if key else None)


@template_filter
def safe(value):
    return Safe(str(value))


class Safe(str):
    """Text that needs no escaping."""


def resolve(value, name):
    """An item, attribute or method's result."""
    if isinstance(value, dict) and name in value:
        return value[name]
    if isinstance(value, (list, tuple)) and name.isdigit():
        return value[int(name)] if int(name) < len(value) else MISSING
    found = getattr(value, name, MISSING)
    return found() if callable(found) else found


class Context:
    def __init__(self, values):
        self.scopes = [values]
        self.blocks = {}

    def __getitem__(self, path):
        first, *rest = path.split(".")
        for scope in reversed(self.scopes):
            if first in scope:
                value = scope[first]
                break
        else:
            return MISSING
        for name in rest:
            value = resolve(value, name)
        return value

    def push(self, **values):
        self.scopes.append(values)
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.scopes.pop()


# ---- expressions: closures from a context to a value ----------------------
class ExpressionParser:
    OPERATORS = [{"or"}, {"and"}, {"==", "!=", "<", ">", "<=", ">=", "in"}, {"+", "-"}, {"*", "/", "%"}]

    def __init__(self, text):
        self.tokens = []
        position = 0
        text = text.strip()
        while position < len(text):
            found = EXPRESSION.match(text, position)
            if not found:
                raise TemplateError(f"cannot read {text[position:]!r}")
            self.tokens.append(found.groups())
            position = found.end()
        self.at = 0

    def symbol(self):
        if self.at >= len(self.tokens):
            return None
        number, text, name, symbol = self.tokens[self.at]
        return symbol or (name if name in ("and", "or", "not", "in") else None)

    def parse(self):
        result = self.piped()
        if self.at != len(self.tokens):
            raise TemplateError(f"unexpected {[t for t in self.tokens[self.at] if t][0]!r}")
        return result

    def piped(self):
        value = self.binary(0)
        while self.symbol() == "|":
            self.at += 1
            name = self.tokens[self.at][2]
            self.at += 1
            if name not in FILTERS:
                raise TemplateError(f"no filter {name}")
            arguments = []
            while self.symbol() == ":" or (arguments and self.symbol() == ","):
                self.at += 1
                arguments.append(self.atom())
            value = self.filtered(FILTERS[name], value, arguments)
        return value

    @staticmethod
    def filtered(function, value, arguments):
        if not arguments:
            return lambda context: function(value(context))
        return lambda context: function(value(context), *[a(context) for a in arguments])

    def binary(self, level):
        if level == len(self.OPERATORS):
            return self.atom()
        left = self.binary(level + 1)
        while self.symbol() in self.OPERATORS[level]:
            operator = self.symbol()
            self.at += 1
            left = self.combined(operator, left, self.binary(level + 1))
        return left

    @staticmethod
    def combined(operator, left, right):
        if operator == "and":
            return lambda c: left(c) and right(c)
        if operator == "or":
            return lambda c: left(c) or right(c)
        function = {"==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, ">": lambda a, b: a > b,
                    "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "in": lambda a, b: a in b, "+": lambda a, b: a + b,
                    "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "%": lambda a, b: a % b}[operator]
        return lambda c: function(left(c), right(c))

    def atom(self):
        if self.at >= len(self.tokens):
            raise TemplateError("expression ends early")
        number, text, name, symbol = self.tokens[self.at]
        self.at += 1
        if number:
            value = float(number) if "." in number else int(number)
            return lambda c: value
        if text:
            return lambda c: text[1:-1]
        if name == "not":
            operand = self.atom()
            return lambda c: not operand(c)
        if name:
            return lambda c: c[name]
        if symbol == "(":
            value = self.piped()
            self.at += 1
            return value
        if symbol == "-":
            operand = self.atom()
            return lambda c: -operand(c)
        raise TemplateError(f"unexpected {symbol!r}")


# ---- nodes ----------------------------------------------------------------
class Text:
    def __init__(self, text):
        self.text = text

    def render(self, context, out):
        out.append(self.text)


class Output:
    def __init__(self, text):
        self.expression = ExpressionParser(text).parse()

    def render(self, context, out):
        value = self.expression(context)
        out.append(value if isinstance(value, Safe) else html.escape(str(value)))


class If:
    def __init__(self):
        self.branches = []

    def render(self, context, out):
        for condition, body in self.branches:
            if condition is None or condition(context):
                render_all(body, context, out)
                return


class For:
    def __init__(self, names, items, body, otherwise):
        self.names, self.items, self.body, self.otherwise = names, items, body, otherwise

    def render(self, context, out):
        items = list(self.items(context))
        if not items:
            render_all(self.otherwise, context, out)
        for i, item in enumerate(items):
            values = dict(zip(self.names, item)) if len(self.names) > 1 else {self.names[0]: item}
            loop = {"index": i + 1, "first": i == 0, "last": i == len(items) - 1, "odd": i % 2 == 1}
            with context.push(loop=loop, **values):
                render_all(self.body, context, out)


class Set:
    def __init__(self, name, expression):
        self.name, self.expression = name, expression

    def render(self, context, out):
        context.scopes[-1][self.name] = self.expression(context)


class Block:
    def __init__(self, name, body):
        self.name, self.body = name, body

    def render(self, context, out):
        render_all(context.blocks.get(self.name, self).body, context, out)


class Include:
    def __init__(self, engine, name):
        self.engine, self.name = engine, name

    def render(self, context, out):
        render_all(self.engine.template(self.name).nodes, context, out)


def render_all(nodes, context, out):
    for node in nodes:
        node.render(context, out)


class Template:
    def __init__(self, engine, text):
        self.engine = engine
        self.parts = [p for p in SPLIT.split(text) if p]
        self.at = 0
        self.parent = None
        self.blocks = {}
        self.nodes, end = self.parse(())
        if end:
            raise TemplateError(f"unexpected {end}")

    def parse(self, ends):
        nodes = []
        while self.at < len(self.parts):
            part = self.parts[self.at]
            self.at += 1
            if part.startswith("{{"):
                nodes.append(Output(part[2:-2]))
            elif part.startswith("{%"):
                word, _, rest = part[2:-2].strip().partition(" ")
                if word in ends:
                    return nodes, (word, rest)
                node = self.statement(word, rest.strip())
                if node is not None:
                    nodes.append(node)
            elif not part.startswith("{#"):
                nodes.append(Text(part))
        if ends:
            raise TemplateError(f"{ends[0]} is missing")
        return nodes, None

    def statement(self, word, rest):
        if word == "if":
            node = If()
            condition = ExpressionParser(rest).parse()
            while True:
                body, (end, text) = self.parse(("endif", "elif", "else"))
                node.branches.append((condition, body))
                if end == "endif":
                    return node
                condition = ExpressionParser(text).parse() if end == "elif" else None
        if word == "for":
            names, _, items = rest.partition(" in ")
            body, (end, _) = self.parse(("endfor", "else"))
            otherwise = self.parse(("endfor",))[0] if end == "else" else []
            return For([n.strip() for n in names.split(",")], ExpressionParser(items).parse(), body, otherwise)
        if word == "set":
            name, _, value = rest.partition("=")
            return Set(name.strip(), ExpressionParser(value).parse())
        if word == "block":
            block = self.blocks[rest] = Block(rest, self.parse(("endblock",))[0])
            return block
        if word == "extends":
            self.parent = rest.strip("'\"")
            return None
        if word == "include":
            return Include(self.engine, rest.strip("'\""))
        raise TemplateError(f"no statement {word}")

    def render(self, **values):
        context = Context(values)
        template = self
        while True:
            for name, block in template.blocks.items():
                context.blocks.setdefault(name, block)
            if template.parent is None:
                break
            template = self.engine.template(template.parent)
        out = []
        render_all(template.nodes, context, out)
        return "".join(out)


class Engine:
    def __init__(self, sources):
        self.sources = sources
        self.cache = {}

    def template(self, name):
        if name not in self.cache:
            if name not in self.sources:
                raise TemplateError(f"no template {name}")
            self.cache[name] = Template(self, self.sources[name])
        return self.cache[name]


SOURCES = {
    "base": "<html><title>{% block title %}Shop{% endblock %}</title>\n{% include 'menu' %}\n{% block content %}{% endblock %}\n"
            "<footer>{{ year }} {{ owner | default:'nobody' | upper }}</footer></html>",
    "menu": "<nav>{% for link, text in links %}<a href='{{ link }}'{% if loop.first %} class='first'{% endif %}>{{ text }}</a>{% endfor %}</nav>",
    "list": "{% extends 'base' %}{% block title %}{{ title | title }} ({{ products | length }}){% endblock %}{% block content %}<table>\n"
            "{% for p in products | sort:'name' %}<tr{% if loop.odd %} class='odd'{% endif %}><td>{{ loop.index }}</td><td>{{ p.name | truncate:14 }}</td>"
            "<td>{{ p.price | money }}</td><td>{% if p.stock > 10 %}many{% elif p.stock > 0 %}{{ p.stock }} left{% else %}none{% endif %}</td>"
            "<td>{{ p.tags | join:'/' }}{# not shown #}</td></tr>\n{% else %}<tr><td>nothing</td></tr>\n{% endfor %}</table>"
            "{% set total = 0 %}<p>{{ products.0.gross }} {{ missing.value }}{{ '<b>' }}{{ '<b>' | safe }} {{ 1 + 2 * 3 == 7 and not missing }}</p>{% endblock %}",
}


class Product:
    def __init__(self, number):
        self.name = f"product {number * 7919 % 1000} & more"
        self.price = number * 1.25 + 3
        self.stock = number * 3 % 17
        self.tags = [t for k, t in enumerate(("new", "sale", "eco")) if number >> k & 1]

    def gross(self):
        return round(self.price * 1.19, 2)


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    engine = Engine(SOURCES)
    links = [("/", "home"), ("/list?a=1&b=2", "list"), ("/about", "about")]
    total = 0
    for i in range(size):
        page = engine.template("list").render(title="all things", year=2024, owner="anna" if i % 2 else "", links=links, products=[Product(k) for k in range(i % 5 * 6)])
        total += len(page)
        if i == 1:
            print(page)
        if i % 50 == 0:
            engine.cache.clear()
    print(total)
    for broken in ("{% if x %}", "{{ a b }}", "{{ x | nothing }}", "{% for %}", "{% strange %}", "{{ }}", "{% include 'none' %}", "{% endif %}"):
        try:
            print(Engine({"t": broken}).template("t").render(x=1))
        except (TemplateError, AttributeError) as e:
            print(type(e).__name__, e)


if __name__ == "__main__":
    main()
