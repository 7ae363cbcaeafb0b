#!/usr/bin/env python3
"""Times single operations of builtin types and of the library, or idioms of a few lines, compiled by Krait and under CPython.

    operations.py [--idioms] [--instructions] [--krait KRAIT] [--python PYTHON] [--below RATIO] [--repeats N] [PATTERN...]

The rows of operations.txt become one program: a function per row with the row's
setup and a loop over its statement. The program finds for each row how many
rounds fill a few milliseconds and reports the best of N tries, so that a busy
machine spoils little. Prints nanoseconds per round and how many times as fast
as CPython, the slowest first; PATTERNs choose rows by a part of their names,
--below those which are slower than that. --idioms: the functions of idioms.py instead. --instructions: what
valgrind counts instead of nanoseconds, which no other work on the machine changes (all rows: half an hour; memory that
`rep stos` clears counts by the byte).
"""
import argparse
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PRELUDE = HERE / "operations_prelude.py"
IDIOMS = HERE / "idioms.py"


def lines_of(text):
    """"a; try: b; except: c" -> its lines; "@" marks one that belongs into the block before it."""
    for line in text.split("; "):
        line = line.strip()
        if line:
            yield "    " + line[1:].strip() if line.startswith("@") else line


def rows(patterns):
    """(name, imports, setup lines, statement lines) of every chosen row."""
    for line in (HERE / "operations.txt").read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, setup, statement = (part.strip().replace("\0", "|") for part in line.replace("\\|", "\0").split("|"))
        if patterns and not any(p in name for p in patterns):
            continue
        setup = list(lines_of(setup))
        imports = [s for s in setup if s.startswith(("import ", "from "))]
        yield name, imports, [s for s in setup if s not in imports], list(lines_of(statement))


def program(chosen):
    text = [PRELUDE.read_text()]
    text += sorted({i for _, imports, _, _ in chosen for i in imports})
    for number, (_, _, setup, statement) in enumerate(chosen):
        text.append(f"def row_{number}(rounds):")
        text += ["    " + s for s in setup]
        text += ["    start = clock()", "    for _ in range(rounds):"]
        text += ["        " + s for s in statement]
        text.append("    return clock() - start")
    text.append("measure([" + ", ".join(f"row_{n}" for n in range(len(chosen))) + "])")
    return "\n".join(text) + "\n"


def idioms(patterns):
    """The names of the chosen functions of idioms.py."""
    names = re.findall(r"^def idiom_(\w+)\(", IDIOMS.read_text(), re.MULTILINE)
    return [n for n in names if not patterns or any(p in n for p in patterns)]


def program_of_idioms(names):
    text = [PRELUDE.read_text(), IDIOMS.read_text()]
    for name in names:
        text += [f"def row_{name}(rounds):", "    start = clock()", "    for _ in range(rounds):", f"        idiom_{name}()",
                 "    return clock() - start"]
    text.append("measure([" + ", ".join(f"row_{n}" for n in names) + "])")
    return "\n".join(text) + "\n"


def seconds(command, count):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
    found = [float(line) for line in done.stdout.splitlines()]
    return found + [math.nan] * (count - len(found))


def instructions(command, count):
    """The same in instructions: the program calls sched_yield around 2 and around 8 rounds of each row, before which callgrind writes out."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        subprocess.run(["valgrind", "--tool=callgrind", "--dump-before=sched_yield", f"--callgrind-out-file={out}", *command],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, PYTHONHASHSEED="0"))

        def total(number):
            dump = pathlib.Path(f"{out}.{number}")
            found = re.search(r"^totals: (\d+)", dump.read_text(errors="replace"), re.MULTILINE) if dump.exists() else None
            return int(found[1]) if found else math.nan
        return [(total(3 * n + 3) - total(3 * n + 2)) / 6 for n in range(count)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--krait", default=str(HERE.parents[1] / "build/tools/krait/krait"))
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("--idioms", action="store_true")
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("--below", type=float, default=math.inf)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("patterns", nargs="*", metavar="PATTERN")
    args = parser.parse_args()
    if args.idioms:
        names = idioms(args.patterns)
        text = program_of_idioms(names)
    else:
        chosen = list(rows(args.patterns))
        names, text = [name for name, *_ in chosen], program(chosen)
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "operations.py")
        source.write_text(text)
        executable = os.path.join(folder, "operations")
        subprocess.run([args.krait, "build", "-O2", source, "-o", executable], check=True)
        ask, how = (instructions, "0") if args.instructions else (seconds, str(args.repeats))
        krait = ask([executable, how], len(names))
        python = ask([args.python, source, how], len(names))
    table = sorted((p / k, name, k, p) for name, k, p in zip(names, krait, python))
    for ratio, name, k, p in table:
        if not ratio >= args.below:
            unit = 1 if args.instructions else 1e9
            print(f"{ratio:7.2f}  {k * unit:11.1f} {p * unit:11.1f}  {name}")
    known = [ratio for ratio, *_ in table if ratio > 0]
    print(f"{len(known)} of {len(table)} rows, {sum(r < 1 for r in known)} slower than CPython, "
          f"geometric mean {math.exp(sum(map(math.log, known)) / len(known)):.2f}")
    return len(known) != len(table)


if __name__ == "__main__":
    sys.exit(main())
