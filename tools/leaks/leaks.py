#!/usr/bin/env python3
"""Finds what is never freed: runs many small snippets often, and compares the growth of blocks with CPython's.

    leaks.py [--part N/M | --today] [--engine O0,O2,interpreted] [--krait KRAIT] [--interp KRAIT-INTERP] [--python PYTHON] [FILE...]

Every FILE (all files beside this one by default) fills a dict CASES from names to functions. Each function runs 200 times, the
collector runs, and 2,000 times more (slow ones less often: CPython decides, and all run as often); blocks that are in use after that
and were not before are its growth. It may be that of CPython and one block for every hundred runs more. --part takes every M-th case,
beginning with the N-th; --today one file and one engine, others every day. The exit status is 1 if something leaks or fails.
"""
import argparse
import datetime
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DRIVER = '''
def _main():
    import gc, json, sys, time

    def run(f, n):
        for _ in range(n):
            f()

    def blocks():
        for _ in range(3):
            gc.collect()
        return sys.getallocatedblocks()

    first, step = map(int, sys.argv[1:3])
    given = json.loads(sys.argv[3]) # how often each runs; CPython chooses, by processor time
    out, sys.stdout = sys.stdout, open("/dev/null", "w")
    results = {}
    for name, f in list(CASES.items())[first::step]:
        began = time.process_time()
        try:
            run(f, 20)
            taken = time.process_time() - began
            often = given.get(name) or (2000 if taken < 0.02 else 200 if taken < 1 else 30)
            run(f, often // 10)
            # Tables that grow by doubling are not leaks, nor is what is kept for reuse until there is enough of it: of several
            # rounds the one with the least growth counts. What leaks does so in each.
            grown = []
            before = blocks()
            while len(grown) < 2 or (min(grown) > often / 100 and len(grown) * often < 24000):
                run(f, often)
                now = blocks()
                grown.append(now - before)
                before = now
            results[name] = [often, min(grown)]
        except Exception as e:
            results[name] = [0, f"{type(e).__name__}: {e}"]
    sys.stdout = out
    print(json.dumps(results))


if __name__ == "__main__":
    _main()
'''


def commands(args, engines, source, folder):
    """engine -> what runs the program."""
    chosen = {"python": [args.python, source]}
    for engine in engines:
        if engine == "interpreted":
            chosen[engine] = [args.interp, source]
            continue
        program = pathlib.Path(folder, f"{source.stem}.{engine}")
        done = subprocess.run([args.krait, "build", f"-{engine}", source, "-o", program], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{source.name} -{engine}: {done.stderr}")
        chosen[engine] = [program]
    return chosen


def compare(name, of):
    """What is wrong with one case under all engines, line by line."""
    expected = of["python"]
    for engine, [often, growth] in of.items():
        if engine == "python":
            continue
        if isinstance(growth, str) or isinstance(expected[1], str):
            if growth != expected[1]:
                yield f"{name} ({engine}): {growth}, CPython: {expected[1]}"
            continue
        rate = max(expected[1], 0) / expected[0]
        if growth > rate * often + often / 100:
            yield f"{name} ({engine}): {growth / often:.2f} blocks a run, CPython: {rate:.2f}"


def main():
    build = HERE.parents[1] / "build" / "tools"
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", default="0/1")
    parser.add_argument("--today", action="store_true")
    parser.add_argument("--engine", default="O0,O2,interpreted")
    parser.add_argument("--krait", default=build / "krait" / "krait")
    parser.add_argument("--interp", default=build / "krait-interp" / "krait-interp")
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    first, step = args.part.split("/")
    files = args.files or sorted(f for f in HERE.glob("*.py") if f.name != "leaks.py")
    chosen = [(file, args.engine.split(",")) for file in files]
    if args.today:
        single = list(itertools.product(files, args.engine.split(",")))
        file, engine = single[datetime.date.today().toordinal() % len(single)]
        chosen = [(file, [engine])]
    wrong, count = [], 0
    for file, engines in chosen:
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder, file.name)
            source.write_text(file.read_text() + DRIVER)
            results = {}
            for engine, command in commands(args, engines, source, folder).items():
                given = {name: of["python"][0] for name, of in results.items() if "python" in of}
                done = subprocess.run([*command, first, step, json.dumps(given)], capture_output=True, text=True, timeout=1800)
                if done.returncode:
                    wrong.append(f"{file.name} ({engine}): exit status {done.returncode}\n{done.stderr[-2000:]}")
                    continue
                for name, result in json.loads(done.stdout.splitlines()[-1]).items():
                    results.setdefault(name, {})[engine] = result
            for name, of in results.items():
                count += 1
                wrong += compare(f"{file.name}: {name}", of)
    print(*wrong, sep="\n")
    print(f"{count} cases, {len(wrong)} findings")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
