#!/usr/bin/env python3
"""Finds out which functions and variables programs use, for the linker to place together.

    update_start_order.py [--krait KRAIT] [--starts-only]

Writes runtime/startup/order.txt, a symbol a line: what every program uses when it starts, then what most of the programs below
use, in the order of first use; then what the programs of the benchmarks use with little work, first what most of them do. Each is
run by valgrind, which tells all addresses, and the linker's map tells the symbols. The library is to be compiled before (`ninja
library`). Lines whose symbol is gone cost nothing, and what is missing is merely somewhere else: there is no need to run
this after every change. Takes half an hour; with --starts-only, which keeps what the file says of the benchmarks, ten minutes.
"""
import argparse
import bisect
import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tools" / "bench"))
import bench  # noqa: E402

OUTPUT = REPOSITORY / "runtime" / "startup" / "order.txt"
# These do a little with what they import, as programs do before their own work begins.
USE = """
import argparse, collections, contextlib, copy, dataclasses, enum, functools, io, itertools, json, math, operator, os, pathlib
import random, re, string, sys, time, typing

class Kind(enum.Enum):
    FIRST = 1
    SECOND = enum.auto()

@dataclasses.dataclass(order=True)
class Item:
    name: str
    kinds: list[Kind] = dataclasses.field(default_factory=list)

Point = collections.namedtuple("Point", "x y")

def main():
    parser = argparse.ArgumentParser(description="a program")
    parser.add_argument("--count", type=int, default=3, help="how many")
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args([])
    begun = time.perf_counter()
    random.seed(1)
    items = sorted(Item(random.choice(string.ascii_letters), [Kind.FIRST]) for _ in range(arguments.count))
    text = json.dumps([dataclasses.asdict(item) | {"kinds": [kind.name for kind in item.kinds]} for item in items], indent=1)
    found = re.findall(r"\\w+", text)
    counts = collections.Counter(found)
    places = collections.defaultdict(list)
    for position, word in enumerate(json.loads(text)):
        places[word["name"]].append(Point(position, math.sqrt(position)))
    with contextlib.suppress(LookupError), io.StringIO() as out:
        print(*copy.deepcopy(items), counts.most_common(2), sep="\\n", file=out)
        places["none"][0]
        print(f"{time.perf_counter() - begun:.3f}", out.getvalue().count("a"))
    print(pathlib.Path(os.getcwd()).name and "done", functools.reduce(operator.add, itertools.accumulate(range(9))), file=sys.stderr)

if __name__ == "__main__":
    main()
"""
MORE = """
import abc, array, ast, asyncio, base64, bisect, calendar, concurrent.futures, configparser, csv, datetime, decimal, difflib
import fnmatch, fractions, getpass, gettext, glob, hashlib, heapq, html, http.client, inspect, logging, logging.handlers
import mimetypes, numbers, pickle, platform, pprint, queue, secrets, shlex, shutil, signal, socket, sqlite3, statistics
import struct, subprocess, tempfile, textwrap, threading, timeit, traceback, types, unicodedata, urllib.parse, urllib.request
import uuid, warnings, weakref, xml.etree.ElementTree, zipfile, zlib

log = logging.getLogger(__name__)

async def double(number):
    await asyncio.sleep(0)
    return 2 * number

async def both():
    return await asyncio.gather(double(1), asyncio.create_task(double(2)))

def work(results):
    results.put(threading.current_thread().name)

def main():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    log.info("%d tasks gave %s", 2, asyncio.run(both()))
    results = queue.Queue()
    threads = [threading.Thread(target=work, args=(results,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    begun = datetime.datetime.fromisoformat("2024-02-28T12:00:00") + datetime.timedelta(days=2, hours=1)
    total = sum(map(decimal.Decimal, ["1.10", "2.20"])).quantize(decimal.Decimal("0.1")) + fractions.Fraction(1, 2).numerator
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/rows.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["when", "total"], [begun.strftime("%Y-%m-%d"), total]])
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        with sqlite3.connect(":memory:") as connection:
            connection.execute("create table t (a, b)")
            connection.executemany("insert into t values (?, ?)", [tuple(row.values()) for row in rows])
            rows += connection.execute("select * from t").fetchall()
    heap = [3, 1, 2]
    heapq.heapify(heap)
    digest = hashlib.sha256(base64.b64encode(zlib.compress(pickle.dumps(rows)))).hexdigest()
    parts = urllib.parse.urlsplit("https://example.org/a?b=1")
    root = xml.etree.ElementTree.fromstring("<a><b c='d'>e</b></a>")
    try:
        raise ValueError(struct.pack("<I", 7))
    except ValueError:
        log.warning(textwrap.shorten(traceback.format_exc(), 40))
    pprint.pprint([digest, parts.netloc, root.find("b").text, statistics.mean(heap), html.escape("<"), heapq.heappop(heap)])

if __name__ == "__main__":
    main()
"""
PROGRAMS = ["pass", "import json, math, random, time", "import argparse, collections, os, sys", "import dataclasses, enum, re", USE, "import logging",
            "import asyncio", MORE, "import unittest, json, re, argparse"]
ENOUGH = 1 << 29  # bytes of a trace, after which a program of the benchmarks has shown what it does
PAGE, LARGE = 4096, 16 * 4096  # bytes
ADDRESS = re.compile(rb"^(?:I | L| S| M) ([0-9a-f]+)", re.MULTILINE)

# Address, load address, size, alignment; a symbol stands two columns behind sections.
SYMBOL = re.compile(r"^ *([0-9a-f]+) +[0-9a-f]+ +([0-9a-f]+) +\d+ {17}(\S.*)$", re.MULTILINE)


def addresses(program, limit):
    """All that a run of a command reads, writes and executes, by first use, until it has `limit` bytes of trace."""
    seen = {}
    reading, writing = os.pipe()
    command = ["valgrind", "--tool=lackey", "--trace-mem=yes", f"--log-fd={writing}", *program]
    quiet = dict.fromkeys(["stdin", "stdout", "stderr"], subprocess.DEVNULL)
    with subprocess.Popen(command, pass_fds=[writing], **quiet) as run, open(reading, "rb") as trace:
        os.close(writing)
        rest = b""
        while limit > 0 and (chunk := trace.read(1 << 24)):
            whole, newline, rest = (rest + chunk).rpartition(b"\n")
            seen.update(dict.fromkeys(ADDRESS.findall(whole), None))
            limit -= len(chunk)
        run.kill()
    return [int(word, 16) for word in seen]


def symbols(executable):
    """(start, end, name) of what has a size, sorted."""
    rows = SYMBOL.findall(executable.with_suffix(".map").read_text())
    return sorted((int(address, 16), int(address, 16) + int(size, 16), name) for address, size, name in rows if size != "0")


def used(program, limit=sys.maxsize):
    """Names of what a run uses, in the order of first use; not of large tables of which it uses little: pages of those come one by one."""
    table = symbols(program[0])
    starts = [row[0] for row in table]
    pages = collections.defaultdict(set)
    for address in addresses(program, limit):
        row = table[bisect.bisect_right(starts, address) - 1]
        if row[0] <= address < row[1]:
            pages[row].add(address // PAGE)
    for (start, end, name), touched in pages.items():
        if end - start < LARGE or 2 * PAGE * len(touched) > end - start:
            yield name


def build(krait, source, folder):
    executable = folder / "program"
    subprocess.run([krait, "build", "--linker-map", executable.with_suffix(".map"), source, "-o", executable], check=True)
    return executable


def start(krait, folder):
    """What starting uses, first what most programs do, then in the order of first use."""
    programs = collections.Counter()
    for text in PROGRAMS:
        source = folder / "program.py"
        source.write_text(text + "\n")
        programs.update(list(dict.fromkeys(used([build(krait, source, folder)]))))
    return dict.fromkeys(name for name, _ in programs.most_common())


def work(krait, folder):
    """What the benchmarks' programs use, first what most of them do."""
    programs = collections.Counter()
    for name, source, arguments in bench.jobs(argparse.Namespace(short=True, pyperformance=None), folder):
        print(name, flush=True)
        programs.update(list(dict.fromkeys(used([build(krait, source, folder), *arguments], ENOUGH))))
    return [name for name, count in programs.most_common() if count > 1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--krait", default=REPOSITORY / "build" / "tools" / "krait" / "krait")
    parser.add_argument("--starts-only", action="store_true", help="measure what starts use, keep what stands behind it")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        later = OUTPUT.read_text().splitlines() if args.starts_only else work(args.krait, folder)
        order = start(args.krait, folder) | dict.fromkeys(later)
    # A name has two symbols (codegen/layout/constant_pool.h). The program's own modules have no place here.
    plain = dict.fromkeys(re.sub(r"^kr([nx])s_", r"kr\1_", name) for name in order)
    kept = [name for name in plain if not re.match(r"krm_|__main__|main$|\.", name)]
    OUTPUT.write_text("".join(name + "\n" for name in kept))
    print(f"{len(kept)} symbols in {OUTPUT.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
