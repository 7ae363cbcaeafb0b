#!/usr/bin/env python3
"""Random Python programs that terminate, and a comparison of what implementations print for them.

    programs.py --seed N                         print the program of seed N
    programs.py --compare CMD [CMD…] [--count N] [--start N] [--batch N]
                run seeds with python3.11 and each CMD ("{file}" is the program); stop at the first difference.
                N programs are the modules of one: a compiler builds them as one executable; --parts sets their size,
                and --kinds leaves out all but some kinds of parts
    programs.py --reduce FILE --compare CMD      drop statements of FILE as long as CMD's output differs; print the rest
"""
import argparse
import ast
import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile
import warnings

from program_generator import KINDS, PARTS, PRELUDE, program

MEMORY = 6 << 30  # bytes of address space for each run

# The programs of a batch run one after the other, each as a module, with a line before each.
BATCH = '''\
import os, sys, traceback
def end(number, module):
    print("== program", number)
    globals().pop(module, None)
    sys.modules.pop(module, None)
'''


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def write_batch(folder, seeds, parts, kinds):
    """Writes main.py and a module for each seed, which share the prelude; the path of main.py."""
    write(folder, "prelude.py", PRELUDE)
    main = [BATCH]
    for number, seed in enumerate(seeds):
        write(folder, f"program{number}.py", "from prelude import *\n" + program(seed, parts, kinds))
        main.append(f"try:\n    import program{number}\nexcept BaseException:\n    traceback.print_exc(file=sys.stdout)\n"
                    f"end({number}, 'program{number}')\n")
    # Nor does anybody promise the order in which cycles go at exit.
    main.append("sys.stdout.flush()\nos._exit(0)\n")
    return write(folder, "main.py", "".join(main))


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(command, path):
    argv = [a.replace("{file}", path) for a in shlex.split(command)]
    try:
        p = subprocess.run(argv, capture_output=True, timeout=300, env={**os.environ, "PYTHONWARNINGS": "ignore"}, preexec_fn=limit_memory)
        return p.returncode, p.stdout, p.stderr.decode(errors="replace")[-600:]
    except subprocess.TimeoutExpired:
        return "timeout", b"", ""


def without_details(output):
    """Without addresses, and without what was being called at the deepest level: CPython counts calls of builtins in code that
    it has not specialised yet, which are the first eight of a function."""
    output = re.sub(rb" at 0x[0-9a-f]+", b"", output)
    return re.sub(rb"(maximum recursion depth exceeded)( while | in )[^\n]*", rb"\1", output)


def compare(path, commands, label):
    """Runs the program both ways; the number of commands that differ, each reported with its first differing line."""
    status, out, err = run("/usr/bin/python3.11 {file}", path)
    different = 0
    # Who runs out of time or memory first is nobody's promise.
    out = without_details(out)
    sections = out.split(b"== program")
    comparable = [b"MemoryError" not in section for section in sections]
    for command in commands if status != "timeout" else []:
        got = run(command, path)
        got = got[0], without_details(got[1]), got[2]
        theirs = got[1].split(b"== program")
        if status == got[0] and len(theirs) == len(sections) and all(a == b for a, b, c in zip(sections, theirs, comparable) if c):
            continue
        different += 1
        expected, actual = out.decode().splitlines(), got[1].decode(errors="replace").splitlines()
        at = next((i for i, (a, b) in enumerate(zip(expected, actual)) if a != b), min(len(expected), len(actual)))
        which = sum(line.startswith("== program") for line in expected[:at])
        print(f"{label(which)}: {command}: status {got[0]}, expected {status}; line {at + 1}:")
        print("  expected", expected[at:at + 2], "\n  got     ", actual[at:at + 2], "\n ", got[2][-300:], flush=True)
    return different


def reduced(text, is_interesting):
    """Drops statements, larger parts first, as long as the rest is interesting."""
    def bodies(tree):
        return [(node, field) for node in ast.walk(tree) for field in ("body", "orelse", "finalbody", "handlers", "cases")
                if isinstance(getattr(node, field, None), list)]

    tree = ast.parse(text)
    size = max(len(tree.body), 1)
    while size:
        changed = False
        for k in range(len(bodies(tree))):
            at = 0
            while k < len(bodies(tree)) and at < len(getattr(*bodies(tree)[k])):
                candidate = ast.parse(ast.unparse(tree))
                node, field = bodies(candidate)[k]
                part = getattr(node, field)
                del part[at:at + size]
                if field == "body" and not part:
                    part.append(ast.Pass())
                try:
                    shorter = ast.unparse(ast.fix_missing_locations(candidate))
                    ast.parse(shorter)
                except (SyntaxError, ValueError, IndexError):
                    shorter = None
                if shorter and shorter != ast.unparse(tree) and is_interesting(shorter):
                    tree, changed = ast.parse(shorter), True
                else:
                    at += size
        size = size if changed and size == 1 else size // 2
    return ast.unparse(tree) + "\n"


def main():
    warnings.simplefilter("ignore")
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int)
    options.add_argument("--compare", nargs="+", default=[])
    options.add_argument("--count", type=int, default=100)
    options.add_argument("--start", type=int, default=0)
    options.add_argument("--parts", type=int, default=PARTS, metavar="N")
    options.add_argument("--kinds", nargs="+", default=[], choices=sorted(set(KINDS)))
    options.add_argument("--batch", type=int, default=1, metavar="N")
    options.add_argument("--reduce", metavar="FILE")
    options.add_argument("--keep-going", action="store_true")
    o = options.parse_args()
    if o.seed is not None:
        sys.stdout.write(PRELUDE + program(o.seed, o.parts, o.kinds))
        return 0
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        if o.reduce:
            def differs(text):
                path = write(folder, "reduced.py", text)
                expected = run("/usr/bin/python3.11 {file}", path)
                return expected[0] == 0 and any(run(c, path)[:2] != expected[:2] for c in o.compare)
            with open(o.reduce, encoding="utf-8") as f:
                print(reduced(f.read(), differs), end="")
            return 0
        for first in range(o.start, o.start + o.count, o.batch):
            seeds = range(first, min(first + o.batch, o.start + o.count))
            path = write_batch(folder, seeds, o.parts, o.kinds)
            different += compare(path, o.compare, lambda which: f"seed {seeds[min(which, len(seeds) - 1)]}")
            if (seeds[-1] + 1 - o.start) % 1000 < o.batch:
                print(f"{seeds[-1] + 1 - o.start} programs, {different} differences", file=sys.stderr, flush=True)
            if different and not o.keep_going:
                return 1
    print(f"{o.count} programs, {different} differences")
    return different != 0


if __name__ == "__main__":
    sys.exit(main())
