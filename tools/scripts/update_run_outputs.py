#!/usr/bin/env python3
"""Asks CPython 3.11 what the run tests print.

    update_run_outputs.py [--check] [--python PYTHON] [FILE...]

Each lit-tests/run/**/NAME.py and lit-tests/guest/NAME.py has its expected standard output beside it, in
NAME.py.out. A NAME.test that runs a program from elsewhere says which by a line
`ASK: program arguments…`, relative to the repository. A program's line `# ASK-WITH: NAME=VALUE…` adds to
CPython's environment. Without --check the outputs are written; with it they are only compared, and the exit
status is 1 if one differs. A program that fails under CPython, though its RUN lines do not say `not`, is
named with the end of what it says; its output is left alone, and the exit status is 1.
"""
import argparse
import os
import pathlib
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
ROOT = REPOSITORY / "lit-tests"


def environment(source):
    """What CPython's environment is for a test."""
    lines = source.read_text(encoding="utf-8", errors="replace").splitlines()
    added = [word for line in lines if line.startswith("# ASK-WITH:") for word in line.partition("ASK-WITH:")[2].split()]
    return os.environ | dict(word.split("=", 1) for word in added)


def question(source):
    """What CPython is to run for a test, and in which folder; None if nothing."""
    if source.suffix == ".py":
        return [source.resolve()], None
    asked = [line.partition("ASK:")[2].split() for line in source.read_text().splitlines() if "ASK:" in line]
    return (asked[0], REPOSITORY) if asked else None


def may_fail(source):
    """Whether a test expects that its program fails."""
    lines = source.read_text(encoding="utf-8", errors="replace").splitlines()
    return any("RUN: not " in line for line in lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    stale = failed = 0
    for source in args.files or sorted([*ROOT.glob("run/*/*.py"), *ROOT.glob("run/*/*.test"), *ROOT.glob("guest/*.py")]):
        asked = question(source)
        if asked is None:
            continue
        words, folder = asked
        done = subprocess.run([args.python, *words], cwd=folder, env=environment(source),
                              capture_output=True, timeout=60)
        if done.returncode and not may_fail(source):
            failed += 1
            end = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            print(f"fails with status {done.returncode}: {source.resolve().relative_to(ROOT)}: {end}", file=sys.stderr)
            continue
        expected = source.with_name(source.name + ".out")
        old = expected.read_bytes() if expected.exists() else None
        if old == done.stdout:
            continue
        stale += 1
        print(("differs: " if args.check else "updated: ") + str(expected.resolve().relative_to(ROOT)))
        if not args.check:
            expected.write_bytes(done.stdout)
    return 1 if failed or (args.check and stale) else 0


if __name__ == "__main__":
    sys.exit(main())
