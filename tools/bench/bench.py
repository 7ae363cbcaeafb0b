#!/usr/bin/env python3
"""Times programs under Krait, CPython and PyPy, in one run.

    bench.py [--runs N] [--short] [--krait KRAIT] [--python PYTHON] [--pypy PYPY] [NAME...]
    bench.py --pyperformance FOLDER --results FILE [SUITE/NAME...]

Programs of tools/bench/programs, tools/bench/users and examples/ are built once with `krait build -O2` (or --level), then run N
times in turn with the others, so that a busy machine hurts all alike; the median of user + system time counts, start-up
included, and the output of every run must equal CPython's. FOLDER holds pyperformance's bm_*/run_benchmark.py (those of the suite
`packages` need Debian's packages of these names), which are timed within the process by stand_in/pyperf.py: what counts is the mean over the first second ("as it starts") and
the median of what follows ("warm").

A NAME may be a part of "suite/name". Prints a line for each; with --results, FILE keeps the figures as JSON (what it
has from before stays, unless measured again), and page.py makes docs/benchmarks.md of it. --short runs each with about
a tenth of the work; its figures are not meant to be quoted.
"""
import argparse
import json
import math
import os
import pathlib
import statistics
import sys
import tempfile

from engines import HERE, REPOSITORY, TIME, Engines, find
from suites import EXAMPLES, PACKAGES, PROGRAMS, PYPERFORMANCE, USERS


def jobs(options, folder):
    """suite/name, source and arguments of everything there is; inputs are put into `folder`."""
    for suite, sizes in (("programs", PROGRAMS), ("users", USERS)):
        for name, size in sizes.items():
            yield f"{suite}/{name}", HERE / suite / f"{name}.py", [str(size[options.short])]
    for name, (data, times, fewer, more) in EXAMPLES.items():
        text = (REPOSITORY / "examples/data" / data).read_text() * (fewer if options.short else times)
        source = pathlib.Path(folder, f"{name}-{data}")
        source.write_text(text)
        yield f"examples/{name}", REPOSITORY / f"examples/{name}.py", [str(source), *more]
    for suite, programs in (("pyperformance", PYPERFORMANCE), ("packages", PACKAGES)) if options.pyperformance else ():
        for name, (of, arguments) in programs.items():
            source = options.pyperformance / f"bm_{of}" / "run_benchmark.py"
            if source.exists():
                yield f"{suite}/{name}", source, arguments


def median_of_runs(results, expected):
    """The figures of one engine's runs of a whole program, or None where it fails or prints something else."""
    if any(r.failed or r.output != expected for r in results):
        return None
    seconds = statistics.median(r.seconds for r in results)
    return {"start": seconds, "warm": seconds, "peak": max(r.megabytes for r in results)}


def within(result, name, first):
    """The figures of the benchmark `name` of a program that timed itself: the mean over `first` seconds, the median after."""
    slices = result.values.get(name)
    if not slices:
        return None
    early = [s for s in slices if s[0] < first]
    late = [s for s in slices if s[0] >= first] or early[-5:]
    start = sum(took for _, took, _ in early) / sum(loops for _, _, loops in early)
    return {"start": start, "warm": statistics.median(took / loops for _, took, loops in late), "peak": result.megabytes}


def whole_program(engines, commands, options):
    runs = {engine: [] for engine in commands}
    for _ in range(options.runs):
        for engine, command in commands.items():
            runs[engine].append(engines.run(command))
    expected = runs["python"][0].output
    return {engine: median_of_runs(of, expected) for engine, of in runs.items()}


def timed_within(engines, commands, options, name):
    """As whole_program, for each benchmark that the program reports: name -> engine -> figures."""
    first = 0.1 if options.short else options.seconds
    runs = {}
    for engine, command in commands.items():
        # What a just-in-time compiler reaches, it reaches later.
        seconds = first * (3 if engine == "pypy" else 1)
        runs[engine] = [engines.run(command, seconds) for _ in range(1 if options.short else options.runs)]
        for r in runs[engine]:
            if r.failed:
                print(f"{name}: {engine}: {r.errors.strip()[-300:]}", flush=True)
                break
    answer = {}
    for benchmark in runs["python"][0].values:
        figures = answer[benchmark] = {}
        for engine, of in runs.items():
            each = [w for r in of if not r.failed and (w := within(r, benchmark, first))]
            figures[engine] = {k: statistics.median(w[k] for w in each) for k in each[0]} if each else None
    return answer


def shown(name, figures):
    """One line: seconds, how many times as fast as CPython, peak memory."""
    base = figures["python"]
    words = [f"{name:42}"]
    for engine in ("krait", "pypy"):
        of = figures.get(engine)
        words.append(f"{engine} {base['start'] / max(of['start'], 1e-9):7.2f}" if of and base else f"{engine}   fails")
    words += [f"{e} {f['start']:.6f} s {f['peak']:.0f} MB" for e, f in figures.items() if f]
    return "  ".join(words)


def measure(options, keep):
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        everything = list(jobs(options, folder))
        known = [name for name, _, _ in everything]
        unknown = [n for n in options.names if not any(n in k for k in known)]
        if unknown:
            sys.exit(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")
        engines = Engines(options.krait, options.level, options.python, options.pypy, options.packages, options.executables or folder)
        for name, source, arguments in everything:
            if options.names and not any(n in name for n in options.names):
                continue
            suite = name.partition("/")[0]
            commands = engines.commands(source, arguments, ["--site-packages"] if suite == "packages" else [])
            if suite in ("pyperformance", "packages"):
                reported = timed_within(engines, commands, options, name)
                # A program with one benchmark has the name of its row, whatever it calls itself.
                measured = {name: next(iter(reported.values()))} if len(reported) == 1 else {f"{suite}/{n}": f for n, f in reported.items()}
            else:
                measured = {name: whole_program(engines, commands, options)}
            for of, figures in measured.items():
                failures += not figures.get("krait")
                print(shown(of, figures), flush=True)
                keep(of, figures)
    return failures


def mean(ratios):
    return math.exp(statistics.fmean(map(math.log, ratios))) if ratios else math.nan


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1.0, help="of pyperformance's programs, each run")
    parser.add_argument("--krait", default=str(REPOSITORY / "build/tools/krait/krait"))
    parser.add_argument("--level", type=int, default=2, help="of -O")
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("--pypy", default=find("pypy3"))
    parser.add_argument("--pyperformance", type=pathlib.Path, metavar="FOLDER")
    parser.add_argument("--packages", action="append", default=[], metavar="FOLDER", help="where pyperformance's programs find more modules")
    parser.add_argument("--executables", type=pathlib.Path, metavar="FOLDER", help="where krait's are kept, and not built again")
    parser.add_argument("--results", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    if options.executables:
        options.executables = options.executables.resolve()
        options.executables.mkdir(parents=True, exist_ok=True)
    if not os.path.exists(TIME):
        sys.exit(f"{TIME} is missing: apt-get install time")
    results = json.loads(options.results.read_text()) if options.results and options.results.exists() else {}

    def keep(name, figures):
        results[name] = figures
        if options.results:
            options.results.write_text(json.dumps(results, indent=1))

    failures = measure(options, keep)
    ratios = {engine: [f["python"]["start"] / max(f[engine]["start"], 1e-9) for f in results.values() if f.get(engine) and f["python"]]
              for engine in ("krait", "pypy")}
    print("geometric mean: " + ", ".join(f"{engine} {mean(of):.2f}" for engine, of in ratios.items()))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
