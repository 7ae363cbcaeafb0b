#!/usr/bin/env python3
"""Calls every method of every builtin type, and of the library's native types and modules, with odd arguments, under CPython
and under Krait, and compares.

    builtin_calls.py [--krait build/tools/krait-interp/krait-interp] [--python python3.11] [--seed 1]
                     [--per-method 60] [--only str] [--show 3]

Each subject is one section, run in one process per engine: this file is its own worker. A line of a worker names the
call and what came of it: the value and its type, or the exception and its message, and the receiver afterwards.
Differences are grouped by subject and method; the status is 1 if there are any.
"""
import argparse
import array
import collections
import datetime
import decimal
import importlib
import io
import itertools
import operator
import os
import random
import re
import struct
import subprocess
import sys

# ---- worker: what both engines run ----------------------------------------------------------------------------------


class Index:
    def __index__(self):
        return 2

    def __repr__(self):
        return "Index()"


class BadIndex:
    def __index__(self):
        raise KeyError("index")

    def __repr__(self):
        return "BadIndex()"


class Str(str):
    pass


class Int(int):
    pass


class List(list):
    pass


class Float(float):
    pass


class Bytes(bytes):
    pass


class Tuple(tuple):
    pass


class Dict(dict):
    pass


class Iter:
    """Iterable by __getitem__ alone."""

    def __getitem__(self, i):
        if i > 2:
            raise IndexError(i)
        return i * 10

    def __repr__(self):
        return "Iter()"


class Unhashable:
    __hash__ = None

    def __eq__(self, other):
        raise ArithmeticError("eq")

    def __repr__(self):
        return "Unhashable()"


def pool():
    """Fresh argument values: calls may change them."""
    return [
        None, True, False, 0, 1, -1, 2, 5, -7, 255, 256, 10 ** 4, 2 ** 63 - 1, 2 ** 63, -2 ** 63, 2 ** 64, 10 ** 30,
        0.0, -0.0, 1.5, -2.5, 1e300, 1e-320, float("inf"), float("nan"), 1 + 2j, 0j,
        "", "a", "b", "abc", "A b\tc\n", "é", "\u20ac", "\U0001f600x", "\ud800", "12", " -7 ", "1_0", "0x1F", "%s %d", "{0!r:>5}", "a\0b",
        "utf-8", "strict", "ignore", "latin-1", "big", "little", ".3f", "x", ">10", "\u0661\u0662", "ﬁ", "İ", "ß",
        b"", b"a", b"abc", b"a b\n", b"\xff\x00", b"12", bytearray(b"abc"), memoryview(b"abcd"), memoryview(b"abcd")[::2],
        (), (1,), ("a", "b"), (1, 2, 3), ("a",), ((1, 2), (3, 4)), [], [1], [1, 2, 3], ["a", "b"], [3, "x"], [[1, 2]],
        {}, {1: 2}, {"a": 1}, {"a": "b", 97: None}, set(), {1, 2}, {"a"}, frozenset({1, 3}), range(0), range(5), range(10, 0, -3),
        slice(None), slice(1, None, 2), slice(None, None, -1), slice(2 ** 70), slice(None, None, 0), ...,
        int, str, list, len, iter([1, 2]), Index(), BadIndex(), Str("ab"), Int(3), List([1]), Float(1.5), Bytes(b"x"),
        Tuple((1, 2)), Dict(a=1), Iter(), Unhashable(), object, NotImplemented,
    ]


def recursive_list():
    x = [1]
    x.append(x)
    return x


def recursive_dict():
    d = {}
    d["d"] = d
    return d


SUBJECTS = {
    "int": [lambda: 0, lambda: 7, lambda: -300, lambda: 10 ** 25, lambda: True, lambda: Int(5)],
    "float": [lambda: 0.0, lambda: 2.5, lambda: -1e17, lambda: float("nan"), lambda: float("inf"), lambda: Float(1.25)],
    "complex": [lambda: 0j, lambda: 1 + 2j, lambda: complex("nan"), lambda: complex(-0.0, -0.0)],
    "str": [lambda: "", lambda: "abcabc", lambda: "a,b c\td\n", lambda: "héß", lambda: "\u20acx\ud800", lambda: "\U0001f600a",
            lambda: "12", lambda: Str("ab")],
    "bytes": [lambda: b"", lambda: b"abcabc", lambda: b"a,b\t\n\xff", lambda: Bytes(b"ab")],
    "bytearray": [lambda: bytearray(), lambda: bytearray(b"abcabc"), lambda: bytearray(b"a,b\t\n\xff")],
    "memoryview": [lambda: memoryview(b"abcdef"), lambda: memoryview(bytearray(b"abcdef")), lambda: memoryview(b"abcdef")[::-2],
                   lambda: memoryview(b"abcdefgh").cast("H"), lambda: memoryview(bytearray(8)).cast("B", [2, 4])],
    "list": [lambda: [], lambda: [3, 1, 2], lambda: ["b", "a", 1], lambda: [1.5, 2, True], recursive_list, lambda: List([1, 2])],
    "tuple": [lambda: (), lambda: (3, 1, 2), lambda: ("a", (1,)), lambda: Tuple((1, 2))],
    "dict": [lambda: {}, lambda: {"a": 1, "b": 2}, lambda: {1: "x", 1.5: None, (): []}, recursive_dict, lambda: Dict(a=1)],
    "set": [lambda: set(), lambda: {1, 2, 3}, lambda: {"a", 1, None}],
    "frozenset": [lambda: frozenset(), lambda: frozenset({1, 2, 3})],
    "range": [lambda: range(0), lambda: range(5), lambda: range(10, -5, -3), lambda: range(2 ** 70, 2 ** 70 + 9, 4)],
    "slice": [lambda: slice(None), lambda: slice(1, 10, 2), lambda: slice("a", None, -1)],
    "NoneType": [lambda: None], "ellipsis": [lambda: ...], "NotImplementedType": [lambda: NotImplemented],
    "type": [lambda: int, lambda: Str],
    "object": [object],
    "dict_keys": [lambda: {"a": 1, "b": 2}.keys()], "dict_values": [lambda: {"a": 1}.values()],
    "dict_items": [lambda: {"a": 1, "b": []}.items()], "mappingproxy": [lambda: type("C", (), {}).__dict__ and type(int.__dict__)({"a": 1})],
    "enumerate": [lambda: enumerate("ab", 3)], "zip": [lambda: zip("ab", [1, 2])], "map": [lambda: map(str, [1, 2])],
    "filter": [lambda: filter(None, [0, 1])], "reversed": [lambda: reversed([1, 2])], "list_iterator": [lambda: iter([1, 2])],
    "str_iterator": [lambda: iter("ab")], "range_iterator": [lambda: iter(range(3)), lambda: iter(range(2 ** 70, 2 ** 70 + 2))],
    "dict_keyiterator": [lambda: iter({"a": 1})], "set_iterator": [lambda: iter({1, 2})], "tuple_iterator": [lambda: iter((1, 2))],
    "bytes_iterator": [lambda: iter(b"ab")], "callable_iterator": [lambda: iter(lambda: 1, 2)],
    "generator": [lambda: (i for i in (1, 2))], "property": [lambda: property(len)], "super": [lambda: super(Str, Str("a"))],
    "staticmethod": [lambda: staticmethod(len)], "classmethod": [lambda: classmethod(len)],
    "builtin_function_or_method": [lambda: len, lambda: [].append], "method_descriptor": [lambda: str.upper],
    "BaseException": [lambda: ValueError(1, "x"), lambda: OSError(2, "no", "f"), lambda: UnicodeDecodeError("u", b"abc", 0, 1, "r"),
                      lambda: KeyError("k"), lambda: StopIteration(3), lambda: SystemExit(4), lambda: ImportError("m", name="n")],
}
UTC, DELTA = datetime.timezone.utc, datetime.timedelta(days=1, seconds=5, microseconds=7)
LIBRARY_TYPES = {
    "deque": [collections.deque, lambda: collections.deque([3, 1, 2], 4)], "defaultdict": [lambda: collections.defaultdict(list, a=1)],
    "OrderedDict": [collections.OrderedDict, lambda: collections.OrderedDict(b=1, a=2)], "Counter": [lambda: collections.Counter("abca")],
    "array": [lambda: array.array("b", b"abc"), lambda: array.array("d", [1.5, 2.0]), lambda: array.array("u", "xy"), lambda: array.array("Q")],
    "Decimal": [lambda: decimal.Decimal("1.50"), lambda: decimal.Decimal("-0"), lambda: decimal.Decimal("NaN"), lambda: decimal.Decimal("1E+30")],
    "Context": [lambda: decimal.Context(prec=5)],
    "date": [lambda: datetime.date(2024, 2, 29), lambda: datetime.date.min], "time": [lambda: datetime.time(1, 2, 3, 4), lambda: datetime.time(5, tzinfo=UTC)],
    "datetime": [lambda: datetime.datetime(2024, 2, 29, 1, 2, 3, 4), lambda: datetime.datetime(2024, 2, 29, tzinfo=UTC)],
    "timedelta": [lambda: DELTA, lambda: -DELTA, datetime.timedelta], "timezone": [lambda: UTC, lambda: datetime.timezone(-DELTA / 7, "x")],
    "StringIO": [io.StringIO, lambda: io.StringIO("ab\ncd\r\né")], "BytesIO": [io.BytesIO, lambda: io.BytesIO(b"ab\ncd\r\n")],
    "Pattern": [lambda: re.compile(r"(a)(?P<n>b)?"), lambda: re.compile(b"[a-c]+")], "Match": [lambda: re.match(r"(a)(?P<n>b)?", "ab")],
    "Struct": [lambda: struct.Struct("<hbq"), lambda: struct.Struct("3s?f")],
    "attrgetter": [lambda: operator.attrgetter("real", "imag")], "itemgetter": [lambda: operator.itemgetter(1, 0)],
    "methodcaller": [lambda: operator.methodcaller("count", "a")], "count": [lambda: itertools.count(3, 2)],
    "cycle": [lambda: itertools.cycle("ab")], "repeat": [lambda: itertools.repeat("x", 3)], "islice": [lambda: itertools.islice("abcdef", 1, 5, 2)],
    "product": [lambda: itertools.product("ab", repeat=2)], "Random": [lambda: random.Random(5)],
}
SUBJECTS.update(LIBRARY_TYPES)
# All functions of a module, but those whose answers are each engine's own, or that wait.
MODULES = {
    "math": "", "cmath": "", "struct": "", "binascii": "", "zlib": "", "operator": "", "itertools": "tee", "functools": "singledispatchmethod lru_cache cache",
    "heapq": "", "bisect": "", "unicodedata": "", "_string": "", "string": "", "textwrap": "", "base64": "main test", "colorsys": "", "statistics": "",
    "_codecs": "", "copy": "", "calendar": "main", "posixpath": "realpath abspath expanduser samefile", "keyword": "", "html": "", "fnmatch": "",
    "shlex": "", "urllib.parse": "", "difflib": "", "reprlib": "", "numbers": "", "json": "", "fractions": "", "ipaddress": "",
    "collections": "", "email.utils": "make_msgid formatdate localtime", "quopri": "main", "stat": "", "types": "", "hmac": "", "csv": "",
    "ast": "main", "locale": "", "marshal": "", "pickle": "", "decimal": "localcontext", "datetime": "", "time": "sleep time time_ns monotonic "
    "monotonic_ns perf_counter perf_counter_ns process_time process_time_ns thread_time thread_time_ns clock_gettime clock_gettime_ns "
    "clock_getres clock_settime clock_settime_ns tzset localtime gmtime ctime asctime strftime mktime get_clock_info pthread_getcpuclockid",
}
# Not called: they end the worker, wait for input, or show what is each engine's own.
SKIPPED_BUILTINS = {"exit", "quit", "input", "breakpoint", "open", "help", "copyright", "credits", "license", "exec", "eval",
                    "compile", "print", "__import__", "__build_class__", "id", "globals", "locals", "vars", "dir", "hash"}
SKIPPED_METHODS = {"__sizeof__", "__dir__", "__hash__", "__subclasshook__", "__init_subclass__", "__class__", "__doc__",
                   "__del__", "__reduce__", "__reduce_ex__", "mro", "__subclasses__", "__init__", "__getstate__"}
KEYWORDS = ["foo", "key", "reverse", "sep", "encoding", "errors", "maxsplit", "keepends", "strict", "default", "start", "signed",
            "byteorder", "length", "base", "a", "self"]
POWERS = {"__round__", "round", "to_bytes", "__pow__", "__rpow__", "__lshift__", "__rlshift__", "pow", "__ipow__", "__mul__", "__rmul__", "__imul__",
          "factorial", "comb", "perm", "product", "permutations", "combinations", "combinations_with_replacement", "repeat", "lshift", "rshift",
          "mul", "imul", "ilshift", "ipow", "tee", "decompress", "unpack", "unpack_from", "iter_unpack", "pack", "calcsize", "zeros", "extend",
          "center", "ljust", "rjust", "zfill", "truncate", "seek", "islice", "rotate", "scaleb", "shift", "dropwhile", "getrandbits", "randbytes",
          "sample", "choices", "concat", "iconcat", "index_of", "ldexp", "indent", "fill", "wrap", "shorten"}


def text_of(value, depth=0):
    try:
        kind = type(value).__name__
        if hasattr(value, "__next__"):
            return f"{kind} " + ascii(list(itertools.islice(value, 8)))[:300]
        return f"{kind} " + ascii(value)[:300]
    except BaseException as e:
        return f"{kind} !{type(e).__name__}: {ascii(str(e))[:300]}"


def attempt(label, function, args, keywords, receiver):
    shown = ascii((args, keywords) if keywords else args)[:200]
    try:
        out = "= " + text_of(function(*args, **keywords))
    except BaseException as e:
        out = f"! {type(e).__name__}: {ascii(str(e))[:400]}"
    line = f"{label}\t{shown}\t{out}"
    if receiver is not None and not isinstance(receiver, (int, str, float, tuple, bytes, type)) and not hasattr(receiver, "__next__"):
        line += "\t-> " + text_of(receiver)
    print(re.sub(r"0x[0-9a-f]{6,}", "0x", line), flush=True)


def too_much(name, receiver, args):
    """Calls that would fill memory or never end."""
    numbers = [a for a in (*args, receiver) if isinstance(a, int) and abs(a) >= 10 ** 4]
    return bool(numbers) and (name in POWERS or name in ("range", "list", "bytearray", "bytes", "sorted", "sum", "tuple", "set"))


def argument_lists(chooser, count):
    """Always none and one of each; pairs, triples, quadruples and keywords at random."""
    size = len(pool())
    yield (), {}
    for i in range(size):
        yield (i,), {}
    for _ in range(count):
        for n in (2, 2, 3, 4):
            yield tuple(chooser.randrange(size) for _ in range(n)), {}
        yield (tuple(chooser.randrange(size) for _ in range(chooser.randrange(3))),
               {chooser.choice(KEYWORDS): chooser.randrange(size) for _ in range(chooser.choice((1, 1, 2)))})


def call_module(module, chooser, count):
    found = importlib.import_module(module)
    for name in sorted(dir(found)):
        function = getattr(found, name)
        if not callable(function) or name.startswith("_") or name in MODULES[module].split():
            continue
        if getattr(function, "__module__", module).split(".")[0].lstrip("_") == module.split(".")[0].lstrip("_") or type(function) is type(len):
            call_all(f"{module}.{name}", name, lambda: (None, function), chooser, count)


def call_all(label, name, get, chooser, count):
    for indexes, named in argument_lists(chooser, count):
        values = pool()
        args = tuple(values[i] for i in indexes)
        keywords = {k: values[i] for k, i in named.items()}
        receiver, function = get()
        if too_much(name, receiver, args):
            continue
        attempt(label, function, args, keywords, receiver)


def work(subject, seed, count):
    chooser = random.Random(f"{subject}/{seed}")
    if subject == "builtins":
        import builtins
        for name in sorted(dir(builtins)):
            function = getattr(builtins, name)
            if callable(function) and name not in SKIPPED_BUILTINS:
                call_all(name, name, lambda: (None, function), chooser, count)
        return
    if subject in MODULES:
        return call_module(subject, chooser, count)
    if subject == "operators":
        names = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and_", "or_", "xor", "matmul", "eq",
                 "ne", "lt", "le", "gt", "ge", "contains", "getitem", "delitem", "concat", "iadd", "imul", "isub", "ior", "iand"]
        for name in names:
            for i in range(len(pool())):
                for j in range(len(pool())):
                    a, b = pool()[i], pool()[j]
                    heavy = name in ("pow", "lshift", "mul", "imul") and any(isinstance(x, int) and abs(x) > 10 ** 4 for x in (a, b))
                    if not heavy:
                        attempt(name, getattr(operator, name), (a, b), {}, a)
        return
    makers = SUBJECTS[subject]
    kind = type(makers[0]()) if subject != "BaseException" else BaseException
    print(f"{subject}\tdir\t= {sorted(n for n in dir(kind))}")
    call_all(f"{subject}()", subject, lambda: (None, kind), chooser, count)
    for number, make in enumerate(makers):
        for name in sorted(dir(make())):
            if name in SKIPPED_METHODS:
                continue
            try:
                found = getattr(make(), name)
            except BaseException as e:
                print(f"{subject}.{name}\tget\t! {type(e).__name__}: {e}")
                continue
            if not callable(found):
                attempt(f"{subject}.{name}", lambda: getattr(make(), name), (), {}, None)
                continue

            def get():
                receiver = make()
                return receiver, getattr(receiver, name)
            call_all(f"{subject}[{number}].{name}", name, get, chooser, count)
    for name in sorted(dir(kind)):
        # Through the class, with any receiver.
        if name not in SKIPPED_METHODS and callable(getattr(kind, name, None)):
            for value in pool():
                attempt(f"{kind.__name__}.{name} of", getattr(kind, name), (value,), {}, None)


# ---- driver ---------------------------------------------------------------------------------------------------------


def run(engine, subject, options):
    command = [engine, os.path.abspath(__file__), "--worker", subject, "--seed", str(options.seed), "--per-method", str(options.per_method)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=options.timeout,
                              env=dict(os.environ, PYTHONHASHSEED="0"))
        return done.stdout.decode(errors="replace").splitlines(), done.returncode
    except subprocess.TimeoutExpired as e:
        return (e.stdout or b"").decode(errors="replace").splitlines(), "timeout"


def compare(subject, options):
    expected, status = run(options.python, subject, options)
    if status:
        sys.exit(f"{options.python} failed on {subject}: {status} after {expected[-1:]}")
    got, status = run(options.krait, subject, options)
    groups, differences = {}, 0
    if status:
        differences += 1
        print(f"{subject}: {options.krait} ended with {status} after {got[-1:]}, CPython goes on {expected[len(got):len(got) + 1]}")
    wanted = {}
    for line in expected:
        wanted.setdefault("\t".join(line.split("\t")[:2]), []).append(line)
    for line in got:
        same_call = wanted.get("\t".join(line.split("\t")[:2]))
        answer = same_call.pop(0) if same_call else None
        if answer != line:
            differences += 1
            groups.setdefault(re.sub(r"\[\d+\]", "", line.split("\t")[0]), []).append((line, answer))
    for name, rows in sorted(groups.items()):
        print(f"{name}: {len(rows)}")
        for line, answer in rows[:options.show]:
            print("   krait  ", line[:options.width])
            print("   cpython", (answer or "no such call")[:options.width])
    missing = [c for c, lines in wanted.items() if lines]
    if missing and not status:
        differences += len(missing)
        print(f"{subject}: {len(missing)} calls missing, such as {missing[0]}")
    print(f"{subject}: {len(expected)} calls, {differences} differences", flush=True)
    return differences


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--krait", default="build/tools/krait-interp/krait-interp")
    parser.add_argument("--python", default="python3.11")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--per-method", type=int, default=10)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--show", type=int, default=3)
    parser.add_argument("--width", type=int, default=240)
    parser.add_argument("--timeout", type=int, default=120)
    parser.add_argument("--worker")
    options = parser.parse_args()
    if options.worker:
        return work(options.worker, options.seed, options.per_method)
    subjects = options.only or [*SUBJECTS, "builtins", "operators", *MODULES]
    sys.exit(1 if sum(compare(s, options) for s in subjects) else 0)


if __name__ == "__main__":
    main()
