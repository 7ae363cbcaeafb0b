#!/usr/bin/env python3
"""Runs lit's run tests as programs of another machine, by qemu.

    run_target.py MACHINE [FILE or FOLDER…] [--python COMMAND] [--build DIR] [--jobs N] [--timeout S]

MACHINE is what `krait run --target` takes; without files, all of lit-tests/run. Of each test the lines count that
run a program by `krait run` and compare what it prints, at -O2 where it has one for each level. What a C library
computes may differ in its last digit: with --python, a CPython 3.11 of that machine (by qemu, say) is asked what the program
prints there. Prints what differs, then how many agreed; the exit status is 0 when all did.
"""
import argparse
import concurrent.futures
import contextlib
import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINE = re.compile(r"^(?:# )?RUN: (.*\bkrait run .*)$", re.M)


def commands(test):
    """The lines of a test, for a shell."""
    lines = LINE.findall(test.read_text(encoding="utf-8", errors="replace"))
    if any("%" in re.sub(r"%([sS]|root)\b", "", line) for line in lines):
        return []  # of files that the test's other lines make
    full = [line for line in lines if "-O0" not in line]
    return full or lines


def agrees_there(test, line, options, environment):
    """Whether the other machine's CPython prints what the program does."""
    program = re.search(r"%s( [^|]*)?\|", line) if options.python else None
    if not program:
        return False
    said = [subprocess.run(["bash", "-c", f"{command} {shlex.quote(str(test))}{program[1] or ' '}"], env=environment, stdin=subprocess.DEVNULL,
                           capture_output=True, timeout=options.timeout, check=False).stdout
            for command in (f"krait run --target {options.machine}", options.python)]
    return said[0] == said[1]


def run(test, options, environment):
    """Empty, or what was wrong."""
    complaints = []
    for asked in commands(test):
        line = asked.replace("krait run", f"krait run --target {options.machine}")
        line = re.sub(r"%s\b", shlex.quote(str(test)), line)
        line = re.sub(r"%S\b", shlex.quote(str(test.parent)), line)
        line = re.sub(r"%root\b", shlex.quote(str(ROOT)), line)
        process = subprocess.Popen(["bash", "-c", "set -o pipefail; " + line], env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True)
        try:
            said, _ = process.communicate(timeout=options.timeout)
            if process.returncode and not agrees_there(test, asked, options, environment):
                complaints.append(f"{line}\n{said}")
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            complaints.append(f"{line}\nnot done after {options.timeout} seconds\n")
    return "".join(complaints)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("machine", metavar="MACHINE")
    parser.add_argument("paths", metavar="FILE", nargs="*", type=pathlib.Path, default=[ROOT / "lit-tests" / "run"])
    parser.add_argument("--python", metavar="COMMAND")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--timeout", type=float, default=600)
    options = parser.parse_args()
    tests = []
    for path in options.paths:
        found = [path] if path.is_file() else sorted([*path.rglob("*.py"), *path.rglob("*.test")])
        tests += [test.resolve() for test in found if "Inputs" not in test.parts and commands(test)]
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    environment["PATH"] = f"{(options.build / 'tools' / 'krait').resolve()}:/usr/lib/llvm-19/bin:{environment['PATH']}"
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for test, complaint in zip(tests, pool.map(lambda test: run(test, options, environment), tests)):
            if complaint:
                failed += 1
                print(f"{test.relative_to(ROOT) if test.is_relative_to(ROOT) else test}: {complaint}", flush=True)
    print(f"{len(tests) - failed} of {len(tests)} tests agree on {options.machine}")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
