#!/usr/bin/env python3
"""Counts which branches of the runtime programs take, for the compiler that builds it.

    update_profile.py [--build FOLDER]

Builds an instrumented runtime in FOLDER (build-profile), lets it run the programs of the benchmarks with little work, every
single operation of operations.txt, library_work.py for what the library's Python code does, and run tests for what is less
frequent, and writes runtime/profile.proftext, which other builds read (docs/runtime.md). Takes some ten minutes. A function that was changed since is compiled as if nobody had
counted: there is no need to run this after every change.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tools" / "bench"))
import bench  # noqa: E402
import operations  # noqa: E402

OUTPUT = REPOSITORY / "runtime" / "profile.proftext"
TESTS = ("basics", "classes", "exceptions", "functions", "generators", "modules", "types", "users")
SECONDS = 120
FEW = 100  # of a function that did nothing more often it is as well not to know anything
COUNTS = re.compile(r"^# Counter Values:\n((?:\d+\n)+)", re.MULTILINE)


def training(folder):
    """(source, level, arguments) of each program."""
    for _, source, arguments in bench.jobs(argparse.Namespace(short=True, pyperformance=None), folder):
        yield source, "-O2", arguments
    source = folder / "operations.py"
    source.write_text(operations.program(list(operations.rows([]))))
    yield source, "-O2", ["1"]
    for level in ("-O0", "-O2"):
        yield REPOSITORY / "tools" / "scripts" / "library_work.py", level, ["60"]
    for area in TESTS:
        for source in sorted((REPOSITORY / "lit-tests" / "run" / area).glob("*.py")):
            yield source, "-O0", []


def run(krait, folder):
    """Leaves a *.profraw for each program in `folder`."""
    environment = dict(os.environ, KRAIT_CACHE_DIR=str(folder / "cache"), LLVM_PROFILE_FILE=str(folder / "%p.profraw"))
    quiet = {"env": environment, "cwd": folder, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    executable = folder / "program"
    for source, level, arguments in training(folder):
        if subprocess.run([krait, "build", level, source, "-o", executable], **quiet).returncode:
            continue  # a test of errors
        print(source, flush=True)
        try:
            subprocess.run([executable, *arguments], timeout=SECONDS, **quiet)
        except subprocess.TimeoutExpired:
            print("ran out of time", file=sys.stderr)


def without_rare(text):
    """The profile without functions that hardly ran: they would only be long."""
    head, *functions = text.split("\n\n")
    first, separator, name = head.partition(":ir\n")
    kept = [f for f in [name, *functions] if (m := COUNTS.search(f + "\n")) and max(map(int, m[1].split())) >= FEW]
    return first + separator + "\n\n".join(kept) + "\n\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=REPOSITORY / "build-profile")
    args = parser.parse_args()
    subprocess.run(["cmake", "--preset", "release", "-B", args.build, "-DKRAIT_PROFILE_GENERATE=ON"], cwd=REPOSITORY, check=True)
    subprocess.run(["ninja", "-C", args.build, "krait", "krait_hot_bitcode", "krait_lazy_libraries"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        run(args.build.resolve() / "tools/krait/krait", folder)
        merged = ["llvm-profdata-19", "merge", "--text", "--sparse", "-o", folder / "all", *folder.glob("*.profraw")]
        subprocess.run(merged, check=True)
        OUTPUT.write_text(without_rare((folder / "all").read_text()))


if __name__ == "__main__":
    main()
