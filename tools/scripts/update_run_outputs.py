#!/usr/bin/env python3
"""Asks CPython 3.11 what the run tests print.

    update_run_outputs.py [--check] [--python PYTHON] [FILE...]

Each lit-tests/run/**/NAME.py and lit-tests/guest/NAME.py has its expected standard output beside it, in
NAME.py.out. A NAME.test that runs a program from elsewhere says which by a line
`ASK: program arguments…`, relative to the repository. Without --check the outputs are written; with it they are only
compared, and the exit status is 1 if one differs.
"""
import argparse
import pathlib
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
ROOT = REPOSITORY / "lit-tests"


def question(source):
    """What CPython is to run for a test, and in which folder; None if nothing."""
    if source.suffix == ".py":
        return [source.resolve()], None
    asked = [line.partition("ASK:")[2].split() for line in source.read_text().splitlines() if "ASK:" in line]
    return (asked[0], REPOSITORY) if asked else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    stale = 0
    for source in args.files or sorted([*ROOT.glob("run/*/*.py"), *ROOT.glob("run/*/*.test"), *ROOT.glob("guest/*.py")]):
        asked = question(source)
        if asked is None:
            continue
        words, folder = asked
        done = subprocess.run([args.python, *words], cwd=folder, capture_output=True, timeout=60)
        expected = source.with_name(source.name + ".out")
        old = expected.read_bytes() if expected.exists() else None
        if old == done.stdout:
            continue
        stale += 1
        print(("differs: " if args.check else "updated: ") + str(expected.resolve().relative_to(ROOT)))
        if not args.check:
            expected.write_bytes(done.stdout)
    return 1 if args.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
