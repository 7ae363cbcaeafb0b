#!/usr/bin/env python3
"""Does a little of what programs have the library's Python code do: what update_profile.py counts besides benchmarks and tests.

    library_work.py ROUNDS

Prints one line for each kind of work. Nothing here is timed.
"""
import abc
import argparse
import ast
import asyncio
import collections
import configparser
import contextlib
import copy
import csv
import dataclasses
import datetime
import decimal
import difflib
import email.message
import email.parser
import enum
import fnmatch
import fractions
import functools
import html
import html.parser
import inspect
import io
import itertools
import json
import logging
import operator
import os
import pathlib
import pickle
import pprint
import random
import re
import shlex
import statistics
import string
import sys
import tempfile
import textwrap
import tokenize
import types
import typing
import urllib.parse
import weakref
import xml.etree.ElementTree as etree


class Colour(enum.Enum):
    RED = 1
    GREEN = 2


class Access(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()


@dataclasses.dataclass
class Item:
    name: str
    price: float
    tags: list = dataclasses.field(default_factory=list)
    colour: Colour = Colour.RED


@dataclasses.dataclass(frozen=True, order=True)
class Place:
    x: int
    y: int = 0


class Plain:
    """An instance that is copied and pickled through its dict."""

    def __init__(self, **fields):
        self.__dict__.update(fields)


class Reduced:
    def __init__(self, *args):
        self.args = args

    def __reduce__(self):
        return Reduced, self.args


def logged(rounds):
    stream = io.StringIO()
    logger = logging.getLogger("work.of.library")
    logger.propagate = False
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s:%(lineno)d %(message)s"))
    logger.addHandler(handler)
    for n in range(rounds * 20):
        logger.warning("important: %s of %d", "some", n)
        logger.info("nobody hears")
        logger.debug("nor this: %s", n)
    logger.removeHandler(handler)
    return len(stream.getvalue())


def parsed_arguments(rounds):
    count = 0
    for n in range(rounds):
        parser = argparse.ArgumentParser(prog="work")
        parser.add_argument("source")
        parser.add_argument("-v", "--verbose", action="store_true")
        parser.add_argument("--level", type=int, default=1, choices=[1, 2, 3])
        parser.add_argument("--name", action="append", metavar="NAME")
        subparsers = parser.add_subparsers(dest="command")
        run = subparsers.add_parser("run", help="runs")
        run.add_argument("--times", type=int)
        options = parser.parse_args(["file", "-v", "--level", "2", "--name", "a", "--name=b", "run", "--times", str(n)])
        count += options.times + len(options.name) + len(parser.format_help())
    return count


def pickled(rounds):
    data = {"list": list(range(30)), "texts": ["a", "bc"] * 5, "place": [Place(n, n) for n in range(3)], "plain": Plain(a=1, b=[2, 3]), "reduced": Reduced(1, "x"),
            "nested": {"k%d" % n: (n, float(n), None, True) for n in range(10)}, "bytes": b"123", "date": datetime.date(2020, 2, 3)}
    size = 0
    for _ in range(rounds):
        for protocol in (2, 4):
            buffer = io.BytesIO()
            pickle._Pickler(buffer, protocol).dump(data)
            size += len(buffer.getvalue())
            pickle._Unpickler(io.BytesIO(buffer.getvalue())).load()
            size += len(pickle.loads(pickle.dumps(data, protocol))["list"])
    return size


def copied(rounds):
    data = {"a": [1, 2, (3, [4])], "plain": Plain(x=[1], y={"z": Place(1, 2)}), "item": Item("n", 1.5, ["t"]), "reduced": Reduced(1), "set": {1, 2}}
    for _ in range(rounds * 2):
        twin = copy.deepcopy(data)
        copy.copy(data["plain"])
        copy.copy(data["reduced"])
    return len(twin)


def printed(rounds):
    data = [{"name": "item %d" % n, "values": list(range(n % 7)), "nested": {"a": (n, n + 1), "b": {"c": [None] * 3}}} for n in range(10)]
    return sum(len(pprint.pformat(data, width=60)) for _ in range(rounds))


def paths(rounds):
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder)
        for n in range(10):
            (base / f"file{n}.{'py' if n % 2 else 'txt'}").write_text("text")
        count = 0
        for _ in range(rounds):
            count += sum(p.stat().st_size for p in base.iterdir())
            count += len(list(base.glob("*.py")))
            for p in base.rglob("*.txt"):
                count += len(p.name) + len(p.suffix) + len(p.parent.parts) + (p.with_suffix(".md") / ".." / "x").is_absolute()
                os.path.normcase(os.path.join(str(p), "a", "..", "b"))
        return count - count % 10


def documents(rounds):
    root = etree.Element("root")
    for n in range(30):
        child = etree.SubElement(root, "item", {"n": str(n), "kind": "x<y"})
        child.text = "text & %d" % n
    size = 0
    for _ in range(rounds):
        text = etree.tostring(root)
        size += len(text) + len(etree.fromstring(text).findall("item"))
        size += sum(int(e.get("n")) for e in etree.fromstring(text).iter("item"))
        size += len(html.unescape(html.escape("<a href='x'>&amp;</a>")))
        seen = []

        class Parser(html.parser.HTMLParser):
            def handle_starttag(self, tag, attrs):
                seen.append((tag, attrs))

            def handle_data(self, data):
                seen.append(data)
        Parser().feed("<p class=a>some <b>bold</b> text<br/></p>" * 5)
        size += len(seen)
    return size


def texts(rounds):
    size = 0
    words = "the quick brown fox jumps over the lazy dog again and again".split()
    for n in range(rounds):
        size += len(textwrap.fill(" ".join(words * 3), 30)) + len(textwrap.dedent("  a\n   b\n  c\n"))
        size += len(string.Template("$a and ${b} and $$").substitute(a=n, b="x")) + len("{0!r:>10} {name:<5} {1[0]:.2f}".format("a", [1.5], name="n"))
        size += len(shlex.split("cmd 'a b' --x=\"c d\" e")) + len(shlex.quote("a b"))
        size += len(urllib.parse.urlencode({"a": n, "b": "x y"})) + len(urllib.parse.urlsplit("http://host:80/path?q=1#f").netloc) + len(urllib.parse.quote("a/b c"))
        size += len(list(difflib.unified_diff(words, words[::-1]))) + fnmatch.fnmatch("file.py", "*.p?")
        size += len(re.sub(r"(\w)(\w*)", lambda m: m[2] + m[1], "some words here")) + len(re.findall(r"\d+", "1 22 333"))
        re.purge()
        re.compile(r"(?P<a>[a-z]+)|(?:\d{2,4}|x?y*)+(?=z)")
        size += "%s %5d %-5s %.3f %x %r %%" % ("a", n, "b", 1.5, 255, None) == ""
        size += len(f"{n:>8,} {1.5!r:^9} {words[0]:.2}")
    return size


def records(rounds):
    size = 0
    for n in range(rounds):
        out = io.StringIO()
        writer = csv.DictWriter(out, ["a", "b"])
        writer.writeheader()
        writer.writerows({"a": i, "b": "x,y"} for i in range(10))
        size += sum(len(r["b"]) for r in csv.DictReader(io.StringIO(out.getvalue())))
        config = configparser.ConfigParser()
        config.read_string("[one]\na = 1\nb = %(a)s 2\n[two]\nc: x\n")
        size += len(config["one"]["b"]) + config.getint("one", "a")
        size += len(json.dumps({"a": [1, 2.5, None, "x\n"], "b": {"c": n}}, indent=1, sort_keys=True)) + len(json.loads('{"a": [1, {"b": "c"}]}'))
        message = email.message.EmailMessage()
        message["Subject"], message["From"] = "a subject", "someone@example.org"
        message.set_content("hello\n")
        size += len(email.parser.Parser().parsestr(message.as_string())["Subject"])
        items = [Item("n%d" % i, i * 0.5) for i in range(5)]
        size += len(repr(dataclasses.replace(items[0], price=2.0))) + len(dataclasses.asdict(items[1])) + len(sorted([Place(2), Place(1)]))
        size += len({Place(1), Place(1, 2), Place(1)}) + (items[0] == items[1])
    return size


def numbers(rounds):
    random.seed(3)
    values = [random.gauss(0, 1) for _ in range(20)]
    total = 0
    for n in range(rounds):
        total += int(statistics.mean([1, 2, 3, n])) + int(statistics.stdev(values)) + (fractions.Fraction(n, 3) + fractions.Fraction("1/7")).denominator
        with decimal.localcontext() as context:
            context.prec = 30
            total += int(decimal.Decimal(2).sqrt() * 10) + int((decimal.Decimal("1.10") * n).quantize(decimal.Decimal("0.01")))
        total += (datetime.datetime(2020, 1, 1) + datetime.timedelta(days=n)).day + len(datetime.datetime(2020, 1, n % 28 + 1).isoformat())
        total += len(random.sample(range(100), 5)) + random.choice([1]) + len(sorted(values, key=abs)) + random.randint(3, 3)
    return total


def sources(rounds):
    text = "def f(a, *b, c=1, **d):\n    for x in b:\n        if x > a and c:\n            yield x * 2, {'k': [x]}\n    return [i for i in b]\n"
    count = 0

    class Names(ast.NodeVisitor):
        def visit_Name(self, node):
            nonlocal count
            count += 1
            self.generic_visit(node)

    class Doubled(ast.NodeTransformer):
        def visit_Constant(self, node):
            return ast.copy_location(ast.Constant(2), node)
    for _ in range(rounds):
        tree = ast.parse(text)
        Names().visit(tree)
        count += len(ast.unparse(Doubled().visit(tree)))
        count += len(list(tokenize.generate_tokens(io.StringIO(text).readline)))
        namespace = {}
        exec(text, namespace)
        count += len(list(namespace["f"](1, 2, 3))) + len(str(inspect.signature(namespace["f"])))
        count += eval("sum(i * k for i in range(5))", {"k": 3})
        Made = collections.namedtuple("Made", "a b c", defaults=[3])
        count += Made(1, 2)._replace(a=5).a + len(Made(1, b=2)._asdict())
    return count


class Registry(type):
    known = {}

    def __new__(mcs, name, bases, body, **options):
        cls = super().__new__(mcs, name, bases, body)
        mcs.known[name] = options
        return cls

    @property
    def label(cls):
        return cls.__name__.lower()


class Field:
    """A descriptor."""

    def __init__(self, kind=None, default=None):
        self.kind, self.default = kind, default

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        return self if instance is None else instance.__dict__.get(self.name, self.default)

    def __set__(self, instance, value):
        instance.__dict__[self.name] = self.kind(value) if self.kind else value


class memoized:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        value = instance.__dict__[self.function.__name__] = self.function(instance)
        return value


class Node(metaclass=Registry, kind="base"):
    retries = 3
    parent = None
    size = Field(int, 1)

    def __init__(self, name, *children, **fields):
        self.name, self.children = name, list(children)
        self.fields = fields
        for child in children:
            child.parent = weakref.ref(self)

    @memoized
    def depth(self):
        return 1 + max((c.depth for c in self.children), default=0)

    @property
    def path(self):
        parent = self.parent and self.parent()
        return parent.path + "/" + self.name if parent else self.name

    @classmethod
    def make(cls, *args, **fields):
        return cls(*args, **dict(fields, made=True))

    def __getattr__(self, name):
        try:
            return self.fields[name]
        except KeyError:
            raise AttributeError(name) from None

    def accept(self, visitor, **options):
        return getattr(visitor, "visit_" + type(self).__name__.lower(), visitor.visit)(self, **options)

    def __iter__(self):
        yield self
        for child in self.children:
            yield from child

    def __eq__(self, other):
        return isinstance(other, Node) and self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def _key(self):
        return type(self), self.name, len(self.children)


class Leaf(Node, kind="leaf"):
    def __init__(self, name, **fields):
        super().__init__(name, **fields)


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...


class Square(Shape):
    __slots__ = ("side", "callback")

    def __init__(self, side, callback):
        self.side, self.callback = side, callback

    def area(self):
        return self.callback(self.side)


class Visitor:
    def visit(self, node, **options):
        return sum(c.accept(self, **options) for c in node.children) + 1

    def visit_leaf(self, node, *, weight=1, **options):
        return weight


class Context(collections.UserDict, collections.abc.MutableMapping):
    def __missing__(self, key):
        return f"<{key}>"


@contextlib.contextmanager
def kept(stack, value):
    stack.append(value)
    try:
        yield stack
    finally:
        stack.pop()


def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **options):
        return function(*args, **options)
    return wrapper


@traced
def combined(*parts, sep=" ", **rest):
    return sep.join([str(p) for p in parts] + [f"{k}={v}" for k, v in sorted(rest.items())])


@functools.lru_cache(maxsize=50)
def remembered(a, b=2):
    return a * b


@functools.singledispatch
def described(o):
    return "object"


@described.register(int)
def _(o):
    return "int"


@described.register(list)
def _(o):
    return "list"


def objects(rounds):
    total, stack, seen = 0, [], set()
    visitor = Visitor()
    callbacks = weakref.WeakValueDictionary()
    for n in range(rounds * 5):
        tree = Node("root", *[Node.make("n%d" % i, Leaf("leaf", weight=i), colour="red") for i in range(4)], owner=n)
        total += tree.accept(visitor, weight=2) + tree.depth + len(tree.children[1].path) + tree.owner + len(tree.children[0].colour)
        tree.size = "5"
        total += tree.size + tree.retries + Node.retries + len(Leaf.label) + hasattr(tree, "nothing") + getattr(tree, "absent", 3)
        total += sum(1 for node in tree if isinstance(node, (Leaf, Square)))
        seen.update(tree)
        callbacks[n % 5] = tree
        total += Square(n, lambda side: side * side).area() + isinstance(tree, Shape) + isinstance(tree, collections.abc.Iterable) + issubclass(Leaf, collections.abc.Hashable)
        with kept(stack, n) as s, contextlib.suppress(KeyError), contextlib.ExitStack() as exits:
            exits.callback(len, s)
            raise KeyError(n)
        total += len(combined("a", n, sep=":", x=1, y=[2])) + remembered(n % 60) + remembered(3, b=4) + len(described([])) + len(described(n))
        context = Context(a=1, b=2)
        context.update(c=n)
        chained = collections.ChainMap({"a": 1}, context)
        total += len(context["zzz"]) + chained["c"] + len(list(chained)) + ("a" in context)
        counted = collections.Counter("abracadabra")
        ordered = collections.OrderedDict(sorted(counted.items(), key=operator.itemgetter(1), reverse=True))
        ordered.move_to_end("a")
        total += counted.most_common(1)[0][1] + len(ordered) + Colour(2).value + len(Colour["RED"].name) + (Access.READ | Access.WRITE).value
        grouped = collections.defaultdict(list)
        for key, group in itertools.groupby(sorted("mississippi")):
            grouped[key].extend(group)
        total += len(grouped) + sum(map(operator.mul, range(5), itertools.count(1))) + functools.reduce(operator.add, range(5))
        queue = collections.deque(range(5), maxlen=5)
        queue.append(1)
        total += queue.popleft() + len(types.SimpleNamespace(a=1, b=2).__dict__) + (typing.Optional[int] is not None)
        stacked = [(-len(w), w) for w in ("a", "bb", "ccc")]
        stacked.sort(key=lambda pair: (pair[0], pair[1]))
        first, *others = stacked
        total += len(others) + len({**{"a": 1}, **grouped, "z": n}) + len([*others, *grouped]) + any(x for _, x in others)
        try:
            {}["absent"]
        except LookupError as e:
            total += len(e.args)
        try:
            int("no number")
        except (TypeError, ValueError) as e:
            total += len(str(e))
    return total + len(seen)


async def worker(queue, results):
    while (item := await queue.get()) is not None:
        await asyncio.sleep(0)
        results.append(item * 2)


async def awaited(rounds):
    queue, results = asyncio.Queue(), []
    workers = [asyncio.create_task(worker(queue, results)) for _ in range(3)]
    for n in range(rounds * 5):
        await queue.put(n)
    for _ in workers:
        await queue.put(None)
    await asyncio.gather(*workers)
    return len(results)


def main():
    rounds = int(sys.argv[1])
    for work in (logged, parsed_arguments, pickled, copied, printed, paths, documents, texts, records, numbers, sources, objects):
        print(work.__name__, work(rounds))
    print("awaited", asyncio.run(awaited(rounds)))


if __name__ == "__main__":
    main()
