#!/usr/bin/env python3
"""Finds out which functions and variables starting a program uses, for the linker to place together.

    update_start_order.py [--krait KRAIT]

Writes runtime/startup/order.txt, a symbol a line, in the order of first use: what every program uses, then what the
programs below add. Each is compiled with its symbols and run by valgrind, which tells all addresses. Lines whose symbol is
gone cost nothing, and what is missing is merely somewhere else: there is no need to run this after every change.
"""
import argparse
import bisect
import pathlib
import re
import subprocess
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = REPOSITORY / "runtime" / "startup" / "order.txt"
# The last does a little with what it imports, as programs do before their own work begins.
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
PROGRAMS = ["pass", "import unittest, json, re, argparse", USE]
ADDRESS = re.compile(rb"^(?:I | L| S| M) ([0-9a-f]+)", re.MULTILINE)


def addresses(executable):
    """All that a run reads, writes and executes, by first use."""
    command = ["valgrind", "--tool=lackey", "--trace-mem=yes", "--log-fd=1", executable]
    seen = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE) as run:
        rest = b""
        while chunk := run.stdout.read(1 << 24):
            whole, newline, rest = (rest + chunk).rpartition(b"\n")
            seen.update(dict.fromkeys(ADDRESS.findall(whole), None))
    return [int(word, 16) for word in seen]


def symbols(executable):
    """(start, end, name) of what has a size, sorted."""
    listing = subprocess.run(["nm", "-S", "--defined-only", executable], capture_output=True, text=True, check=True).stdout
    rows = [line.split(" ", 3) for line in listing.splitlines()]
    return sorted((int(row[0], 16), int(row[0], 16) + int(row[1], 16), row[3]) for row in rows if len(row) == 4 and row[2] in "tTwWdDbBrRvV")


def used(executable):
    table = symbols(executable)
    starts = [row[0] for row in table]
    for address in addresses(executable):
        start, end, name = table[bisect.bisect_right(starts, address) - 1]
        if start <= address < end:
            yield name


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--krait", default=REPOSITORY / "build" / "tools" / "krait" / "krait")
    args = parser.parse_args()
    order = {}
    with tempfile.TemporaryDirectory() as folder:
        for text in PROGRAMS:
            source, executable = pathlib.Path(folder, "program.py"), pathlib.Path(folder, "program")
            source.write_text(text + "\n")
            subprocess.run([args.krait, "build", "-g", "-O2", source, "-o", executable], check=True)
            order.update(dict.fromkeys(used(executable)))
    # A name has two symbols (codegen/layout/constant_pool.h). The program's own modules have no place here.
    plain = dict.fromkeys(re.sub(r"^kr([nx])s_", r"kr\1_", name) for name in order)
    kept = [name for name in plain if not re.match(r"krm_|__main__|main$|\.", name)]
    OUTPUT.write_text("".join(name + "\n" for name in kept))
    print(f"{len(kept)} symbols in {OUTPUT.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
