#!/usr/bin/env python3
"""Times the programs of tools/bench/programs under Krait, CPython and PyPy, in one run.

    bench.py [--runs N] [--krait KRAIT] [--python PYTHON] [--pypy PYPY] [--short] [NAME...]

Each is built once with `krait build -O2`, then run N times in turn with the
others, so that a busy machine hurts all alike; the median of user + system
time counts, start-up included. Prints a Markdown table: seconds, how many
times as fast as CPython, peak memory, and the geometric mean. The output of
every run must equal CPython's. --short runs each with about a tenth of the
work; its figures are not meant to be quoted.
"""
import argparse
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

TIME = "/usr/bin/time"
HERE = pathlib.Path(__file__).resolve().parent
SIZES = {  # program: (argument, argument of --short)
    "fib": (32, 24), "nqueens": (9, 6), "nbody": (300_000, 10_000), "fannkuch": (9, 7), "richards": (10, 1),
    "deltablue": (10_000, 300), "float": (500_000, 20_000), "spectral_norm": (250, 40), "binary_trees": (15, 10),
    "mandelbrot": (400, 60), "sieve": (4_000_000, 200_000), "string_building": (100_000, 10_000),
    "dict_counting": (500_000, 30_000), "generators": (2_000_000, 50_000), "method_calls": (300_000, 15_000),
    "exceptions": (300_000, 20_000),
}


class Result:
    """What one run gave: seconds of processor time, peak memory in MB, output."""

    def __init__(self, command):
        # A child's peak counts the memory of whoever forked it, so that small program `time` stands in between.
        with tempfile.TemporaryFile() as output, tempfile.NamedTemporaryFile("r") as peak:
            command = [TIME, "--quiet", "-f", "%M", "-o", peak.name, *command]
            child = os.posix_spawn(TIME, command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), 1)])
            _, status, usage = os.wait4(child, 0)
            output.seek(0)
            self.output = output.read()
            self.megabytes = int(peak.read() or 0) / 1024
        self.failed = status != 0
        self.seconds = usage.ru_utime + usage.ru_stime


def build(krait, source, folder):
    executable = pathlib.Path(folder, source.stem)
    done = subprocess.run([krait, "build", "-O2", source, "-o", executable], capture_output=True, text=True)
    if done.returncode:
        print(f"{source.stem}: {done.stderr.strip()}", file=sys.stderr)
        return None
    return str(executable)


def measure(commands, runs):
    """engine -> (median seconds, most megabytes), or None where it fails or prints something else."""
    results = {engine: [] for engine in commands}
    for _ in range(runs):
        for engine, command in commands.items():
            results[engine].append(Result(command))
    expected = results["python"][0].output
    answer = {}
    for engine, of in results.items():
        wrong = any(r.failed or r.output != expected for r in of)
        answer[engine] = None if wrong else (statistics.median(r.seconds for r in of), max(r.megabytes for r in of))
    return answer


def row(name, measured, engines):
    base = measured["python"]
    cells = [name]
    for engine in engines:
        m = measured.get(engine)
        cells.append(f"{m[0]:.3f}" if m else "fails")
    for engine in engines:
        if engine != "python":
            m = measured.get(engine)
            cells.append(f"{base[0] / max(m[0], 0.001):.2f}" if m else "–")
    cells.append(" / ".join(f"{measured[e][1]:.0f}" if measured.get(e) else "–" for e in engines))
    return "| " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--krait", default=str(HERE.parents[1] / "build/tools/krait/krait"))
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("--pypy", default=shutil.which("pypy3") or "")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SIZES))
    args = parser.parse_args()
    unknown = set(args.names) - set(SIZES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if not os.path.exists(TIME):
        sys.exit(f"{TIME} is missing: apt-get install time")
    engines = ["krait", "python"] + (["pypy"] if args.pypy else [])
    print("| program | " + " | ".join(f"{e}, s" for e in engines) + " | " +
          " | ".join(f"{e}: times as fast" for e in engines if e != "python") + f" | peak MB: {' / '.join(engines)} |")
    print("|---" * (2 * len(engines) + 1) + "|")
    ratios = {e: [] for e in engines if e != "python"}
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in args.names or SIZES:
            source = HERE / "programs" / f"{name}.py"
            size = str(SIZES[name][args.short])
            commands = {"python": [args.python, str(source), size]}
            if args.pypy:
                commands["pypy"] = [args.pypy, str(source), size]
            executable = build(args.krait, source, folder)
            if executable:
                commands["krait"] = [executable, size]
            measured = measure(commands, args.runs)
            failures += not measured.get("krait")
            for engine, of in ratios.items():
                if measured.get(engine):
                    of.append(measured["python"][0] / max(measured[engine][0], 0.001))
            print(row(name, measured, engines), flush=True)
    means = [f"**{math.exp(statistics.fmean(map(math.log, of))):.2f}**" if of else "–" for of in ratios.values()]
    print("| **geometric mean** |" + " |" * len(engines) + " " + " | ".join(means) + " | |")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
