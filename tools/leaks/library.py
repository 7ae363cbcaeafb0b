# Objects and functions of the library.
import abc
import argparse
import array
import base64
import bisect
import codecs
import collections
import configparser
import contextvars
import copy
import csv
import ctypes
import dataclasses
import datetime
import decimal
import difflib
import enum
import fractions
import glob
import hashlib
import heapq
import hmac
import html
import io
import itertools
import json
import locale
import logging
import marshal
import math
import operator
import os
import pathlib
import pickle
import pprint
import queue
import random
import re
import secrets
import select
import shlex
import shutil
import signal
import socket
import sqlite3
import statistics
import string
import struct
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import tokenize
import traceback
import tracemalloc
import types
import typing
import unicodedata
import urllib.parse
import uuid
import warnings
import weakref
import xml.etree.ElementTree as ElementTree
import zlib

CASES = {}
NEW = itertools.count()  # for names that no text had before


def case(f):
    CASES[f.__name__] = f
    return f


def line(name, f):
    CASES[name] = f


def swallow(f, *args, **kwargs):
    try:
        f(*args, **kwargs)
    except Exception:
        pass


class Box:
    def __init__(self, x=None):
        self.x = x


line("array", lambda: array.array("d", [1, 2]).tolist())
line("base64", lambda: base64.b64decode(base64.b64encode(b"abc" * 10)))
line("bisect", lambda: bisect.insort([1, 3], 2))
line("codecs", lambda: codecs.decode(codecs.encode("äb", "utf-16"), "utf-16"))
line("codecs incremental", lambda: codecs.getincrementaldecoder("utf-8")().decode(b"a\xc3"))
line("codecs error", lambda: swallow("ä".encode, "ascii"))
line("codecs replace", lambda: "äö".encode("ascii", "xmlcharrefreplace"))
line("Counter", lambda: collections.Counter("abca").most_common())
line("deque", lambda: collections.deque([[1], [2]], maxlen=3).rotate())
line("namedtuple made", lambda: collections.namedtuple("T", "a b")(1, [2])._asdict())
line("namedtuple of new fields", lambda: collections.namedtuple("T", [f"field{next(NEW)}"]))
line("OrderedDict", lambda: collections.OrderedDict(a=[1]).move_to_end("a"))
line("ChainMap", lambda: dict(collections.ChainMap({1: [2]}, {3: 4})))
line("configparser", lambda: configparser.ConfigParser().read_string("[a]\nb = 1\n"))
line("contextvars", lambda: contextvars.copy_context().run(lambda: [1]))
line("copy", lambda: copy.copy(Box([1])))
line("deepcopy", lambda: copy.deepcopy(Box([Box({1: [2]})])))
line("csv", lambda: list(csv.DictReader(io.StringIO("a,b\n1,2\n"))))
line("csv writer", lambda: csv.writer(io.StringIO()).writerow([1, "a,b", None]))
line("ctypes", lambda: ctypes.c_int(5).value)
line("ctypes buffer", lambda: ctypes.create_string_buffer(10).raw)
line("ctypes buffer of a new length", lambda: ctypes.create_string_buffer(next(NEW)))
line("ctypes function", lambda: ctypes.CDLL(None).abs(-3))
line("dataclass", lambda: dataclasses.asdict(Data([1])))
line("dataclass replace", lambda: dataclasses.replace(Data([1]), b=2))
line("dataclass of new fields", lambda: dataclasses.make_dataclass("T", [f"field{next(NEW)}"]))
line("datetime", lambda: (datetime.datetime(2020, 1, 1) + datetime.timedelta(3)).strftime("%Y %j"))
line("datetime parse", lambda: datetime.datetime.strptime("2020-01-02", "%Y-%m-%d").isoformat())
line("timezone", lambda: datetime.datetime.now(datetime.timezone.utc).astimezone())
line("decimal", lambda: decimal.Decimal("1.1") / decimal.Decimal(3))
line("decimal context", lambda: decimal.localcontext().__enter__())
line("decimal error", lambda: swallow(lambda: decimal.Decimal(1) / 0))
line("difflib", lambda: list(difflib.unified_diff(["a"], ["b"])))
line("enum", lambda: Colour(1).name + Colour["B"].name)
line("enum made", lambda: enum.Enum("Made", "a b").a)
line("flags", lambda: Flags.A | Flags.B)
line("fractions", lambda: fractions.Fraction(1, 3) + fractions.Fraction("2/7"))
line("glob", lambda: glob.glob("/usr/l*"))
line("hashlib", lambda: hashlib.sha256(b"a").hexdigest())
line("hashlib new", lambda: hashlib.new("md5", b"a").copy().digest())
line("heapq", lambda: list(heapq.merge([1, 3], [2])))
line("hmac", lambda: hmac.new(b"k", b"m", "sha1").hexdigest())
line("html", lambda: html.unescape(html.escape("<a>")))
line("StringIO", lambda: io.StringIO("a\nb").readlines())
line("BytesIO", lambda: io.BytesIO(b"abc").getbuffer().tobytes())
line("TextIOWrapper", lambda: io.TextIOWrapper(io.BytesIO(b"a\nb\n"), "utf-8").readlines())
line("file", lambda: open(__file__).close())
line("file read", lambda: open(os.devnull, "rb", buffering=0).read())
line("file missing", lambda: swallow(open, "/no/such/file"))
line("itertools", lambda: list(itertools.chain([1], itertools.islice(itertools.count(), 3), itertools.product([1], [2]))))
line("groupby", lambda: [(k, list(g)) for k, g in itertools.groupby("aabb")])
line("tee", lambda: [list(t) for t in itertools.tee([1, 2])])
line("json", lambda: json.loads(json.dumps({"a": [1, 2.5, None, "ä"]})))
line("json error", lambda: swallow(json.loads, "{"))
line("json hook", lambda: json.loads('{"a": [1]}', object_hook=lambda d: Box(d)))
line("json indent", lambda: json.dumps([{"a": [1]}], indent=2, sort_keys=True))
line("json unknown", lambda: swallow(json.dumps, Box()))
line("logging", lambda: LOG.info("text %s", [1]))
line("logging exception", lambda: LOG.error("text", exc_info=ValueError("a")))
line("logging child", lambda: LOG.getChild("child").debug("a"))
line("marshal", lambda: marshal.loads(marshal.dumps([1, "a", (2, {3: 4})])))
line("math", lambda: (math.gcd(10 ** 30, 6), math.comb(50, 20), math.prod([2.5, 3]), math.fsum([.1] * 5)))
line("operator", lambda: operator.itemgetter(0, 1)([1, 2, 3]))
line("os.environ", lambda: os.environ.get("HOME"))
line("os.listdir", lambda: os.listdir("/"))
line("os.stat", lambda: os.stat("/").st_size)
line("os.scandir", lambda: [e.is_dir() for e in os.scandir("/")])
line("os.walk", lambda: next(os.walk("/")))
line("os.path", lambda: os.path.join(os.path.abspath("a"), *os.path.splitext("b.c")))
line("os.pipe", lambda: [os.close(d) for d in os.pipe()])
line("os error", lambda: swallow(os.stat, "/no/such/file"))
line("pathlib", lambda: (pathlib.Path("/a") / "b.c").with_suffix(".d").parts)
line("pathlib exists", lambda: pathlib.Path("/usr").exists())
line("pickle", lambda: pickle.loads(pickle.dumps([Box([1]), {2: (3, 4)}, {5}, b"a", 10 ** 30])))
line("pickle protocol 0", lambda: pickle.loads(pickle.dumps([Box("a")], 0)))
line("pickle error", lambda: swallow(pickle.dumps, lambda: 1))
line("unpickle error", lambda: swallow(pickle.loads, b"\x80\x04."))
line("pprint", lambda: pprint.pformat({1: [2] * 30, "a": {3: "b" * 50}}))
line("queue", lambda: (lambda q: (q.put([1]), q.get()))(queue.Queue()))
line("PriorityQueue", lambda: (lambda q: (q.put((1, [2])), q.get()))(queue.PriorityQueue()))
line("random", lambda: random.Random(1).sample(range(50), 5))
line("random shuffle", lambda: random.shuffle([1, 2, 3]))
line("re", lambda: re.match(r"(?P<a>\w+) (b)", "xy b").groupdict())
line("re sub", lambda: re.sub("a(.)", lambda m: m[1] * 2, "abac"))
line("re split", lambda: re.split("[,;]", "a,b;c"))
line("re finditer", lambda: [m.span() for m in re.finditer("a+", "aabaa")])
line("re compile", lambda: re.compile("x" + str(random.randrange(100))).pattern)
line("re error", lambda: swallow(re.compile, "("))
line("re scanner", lambda: re.compile("a").scanner("aa").match())
line("select", lambda: select.select([], [], [], 0))
line("poll", lambda: select.poll().poll(0))
line("epoll", lambda: select.epoll().close())
line("shlex", lambda: shlex.split("a 'b c' d"))
line("signal", lambda: signal.signal(signal.SIGUSR1, lambda *a: None))
line("socket", lambda: socket.socket().close())
line("socketpair", lambda: [s.close() for s in socket.socketpair()])
line("getaddrinfo", lambda: socket.getaddrinfo("127.0.0.1", 80))
line("statistics", lambda: statistics.stdev([1, 2, 3.5]))
line("string.Template", lambda: string.Template("$a b").substitute(a=[1]))
line("string.Formatter", lambda: string.Formatter().format("{a} {0!r}", 1, a=[2]))
line("struct", lambda: struct.unpack("<iq", struct.pack("<iq", 1, 2)))
line("struct iter", lambda: list(struct.iter_unpack("h", b"abcd")))
line("struct error", lambda: swallow(struct.pack, "i", "a"))
line("textwrap", lambda: textwrap.fill("some words and " * 10, 30))
line("time", lambda: time.strftime("%Y", time.gmtime(0)))
line("traceback", lambda: traceback.format_exception(ValueError([1])))
line("traceback stack", lambda: traceback.format_stack())
line("typing", lambda: typing.get_type_hints(Data))
line("typing generic", lambda: typing.Dict[str, typing.List[int]].__args__)
line("TypeVar", lambda: typing.TypeVar("T"))
line("NewType", lambda: typing.NewType("N", int)(3))
line("NamedTuple", lambda: typing.NamedTuple("N", [("a", int)])(1))
line("Protocol", lambda: isinstance([1], typing.Sized))
line("unicodedata", lambda: unicodedata.normalize("NFD", "é") + unicodedata.name("a"))
line("urlparse", lambda: urllib.parse.urlparse("http://a.b/c?d=e#f").query)
line("quote", lambda: urllib.parse.unquote(urllib.parse.quote("a b/ä")))
line("urlencode", lambda: urllib.parse.parse_qs(urllib.parse.urlencode({"a": [1, 2]}, True)))
line("uuid", lambda: uuid.UUID(int=5).hex)
line("uuid4", lambda: str(uuid.uuid4()))
line("weakref", lambda: weakref.ref(Box(), lambda r: None))
line("WeakValueDictionary", lambda: weakref.WeakValueDictionary({1: Box()}))
line("finalize", lambda: weakref.finalize(Box(), list))
line("proxy", lambda: swallow(lambda: weakref.proxy(Box()).x))
line("ElementTree", lambda: ElementTree.tostring(ElementTree.fromstring("<a b='c'>d<e/>f</a>")))
line("ElementTree error", lambda: swallow(ElementTree.fromstring, "<a>"))
line("ElementTree find", lambda: ElementTree.fromstring("<a><b><c/></b></a>").findall(".//c"))
line("zlib", lambda: zlib.decompress(zlib.compress(b"abc" * 100)))
line("zlib object", lambda: zlib.decompressobj().decompress(zlib.compress(b"a")))
line("zlib error", lambda: swallow(zlib.decompress, b"abc"))
line("memoryview", lambda: memoryview(bytearray(b"abcd")).cast("H")[0])
line("memoryview released", lambda: memoryview(b"a").release())
line("SimpleNamespace", lambda: repr(types.SimpleNamespace(a=[1])))
line("mappingproxy", lambda: dict(types.MappingProxyType({1: [2]})))
line("module", lambda: setattr(types.ModuleType("m"), "a", [1]))
line("sys.intern", lambda: sys.intern("text" + str(random.randrange(50))))
line("sys.getsizeof", lambda: sys.getsizeof([1]))
line("secrets", lambda: secrets.token_hex(4))
line("tokenize", lambda: list(tokenize.generate_tokens(io.StringIO("a = [1]\n").readline)))
line("argparse", lambda: argparse.ArgumentParser(prog="a").parse_args([]))
line("shutil.which", lambda: shutil.which("sh"))
line("locale", lambda: locale.localeconv())


@dataclasses.dataclass
class Data:
    a: list
    b: int = 1


class Colour(enum.Enum):
    A = 1
    B = 2


class Flags(enum.Flag):
    A = 1
    B = 2


LOG = logging.getLogger("leaks")
LOG.addHandler(logging.StreamHandler(io.StringIO()))
LOG.handlers[0].setStream(open(os.devnull, "w"))
LOG.setLevel(logging.INFO)
LOG.propagate = False


@case
def warning():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn("text")


@case
def sqlite():
    c = sqlite3.connect(":memory:")
    c.execute("create table t (a, b)")
    c.executemany("insert into t values (?, ?)", [(1, "x"), (2, None)])
    c.row_factory = sqlite3.Row
    c.create_function("f", 1, lambda x: x)
    [dict(r) for r in c.execute("select f(a), b from t")]
    swallow(c.execute, "select nothing from nowhere")
    c.close()


@case
def thread():
    results = []
    t = threading.Thread(target=results.append, args=([1],))
    t.start()
    t.join()


@case
def thread_fails():
    hook = threading.excepthook
    threading.excepthook = lambda args: None
    t = threading.Thread(target=lambda: 1 / 0)
    t.start()
    t.join()
    threading.excepthook = hook


@case
def locks():
    lock, again, event, gate = threading.Lock(), threading.RLock(), threading.Event(), threading.Condition()
    with lock, again, again, gate:
        gate.notify_all()
    event.set()
    event.wait()
    threading.Semaphore(2).acquire()
    threading.Barrier(1).wait()


@case
def tracing_allocations():
    tracemalloc.start()
    a = [1]
    tracemalloc.take_snapshot()
    tracemalloc.stop()


@case
def process():
    subprocess.run(["true"], capture_output=True)


@case
def process_pipes():
    p = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    p.communicate(b"text")


@case
def forked():
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)


@case
def temporary_file():
    with tempfile.TemporaryFile() as f:
        f.write(b"abc")
        f.seek(0)
        f.read()


@case
def temporary_folder():
    with tempfile.TemporaryDirectory() as d:
        pathlib.Path(d, "a").write_text("b")


@case
def pickler_state():
    class Local(Box):
        pass
    b = io.BytesIO()
    p = pickle.Pickler(b)
    p.persistent_id = lambda o: "id" if isinstance(o, Box) else None
    p.dump([Box()])
    u = pickle.Unpickler(io.BytesIO(b.getvalue()))
    u.persistent_load = lambda i: [i]
    u.load()


class Pair(ctypes.Structure):
    _fields_ = [("a", ctypes.c_int), ("b", ctypes.c_char_p)]


@case
def ctypes_struct():
    pair = Pair(1, b"a")
    ctypes.pointer(pair).contents.a


@case
def ctypes_callback():
    f = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda x: x)
    f(1)
