#!/usr/bin/env python3
"""Runs workloads of third-party libraries, compiled by krait, and compares what they print with CPython.

    libraries.py [NAME…] [--krait COMMAND] [--bare]

Each file use_NAME.py of workloads/ begins with the Debian packages that it needs; a workload whose packages are not
installed is skipped and named. The first run of each compiles the library, which the cache then keeps.
With --bare the executables run where neither packages nor Python's library are (root: their folders are hidden by empty ones).
The exit status is 1 if a workload differs, or does not run with CPython.
"""
import argparse
import difflib
import os
import shlex
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WORKLOADS = os.path.join(HERE, "workloads")
KRAIT = os.path.normpath(os.path.join(HERE, "../../build/tools/krait/krait"))


def missing_packages(path):
    with open(path, encoding="utf-8") as f:
        packages = f.readline().lstrip("# ").partition(":")[0].split()
    return [p for p in packages if subprocess.run(["dpkg", "-s", p], capture_output=True).returncode]


def run_bare(krait, path, environment):
    """Builds the workload, and runs it where Python is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        executable = os.path.join(folder, "workload")
        built = subprocess.run([*krait, "build", "--site-packages", path, "-o", executable], capture_output=True, timeout=1800, env=environment)
        if built.returncode:
            return built
        hide = "".join(f"mount -t tmpfs none {hidden} && " for hidden in ("/usr/lib/python3", "/usr/lib/python3.11"))
        return subprocess.run(["unshare", "-m", "sh", "-c", f"{hide} exec {executable}"], capture_output=True, timeout=600, env=environment, cwd=folder)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("names", nargs="*")
    options.add_argument("--krait", default=KRAIT)
    options.add_argument("--bare", action="store_true")
    o = options.parse_args()
    failed = 0
    environment = {**os.environ, "PYTHONHASHSEED": "0"}  # sets have one order
    for name in o.names or sorted(f[4:-3] for f in os.listdir(WORKLOADS) if f.endswith(".py")):
        path = os.path.join(WORKLOADS, f"use_{name}.py")
        if missing := missing_packages(path):
            print(f"skipped {name}: install {' '.join(missing)}")
            continue
        expected = subprocess.run(["/usr/bin/python3.11", path], capture_output=True, timeout=600, env=environment)
        if expected.returncode:
            failed += 1
            print(f"FAILED  {name:12} with CPython:\n    {expected.stderr.decode(errors='replace')[-400:]}")
            continue
        start = time.monotonic()
        if o.bare:
            got = run_bare(shlex.split(o.krait), path, environment)
        else:
            got = subprocess.run([*shlex.split(o.krait), "run", "--site-packages", path], capture_output=True, timeout=1800, env=environment)
        seconds = time.monotonic() - start
        same = (got.returncode, got.stdout) == (expected.returncode, expected.stdout)
        print(f"{'ok' if same else 'FAILED':7} {name:12} {seconds:6.1f} s", flush=True)
        if not same:
            failed += 1
            lines = difflib.unified_diff(expected.stdout.decode(errors="replace").splitlines(),
                                         got.stdout.decode(errors="replace").splitlines(), "python3.11", "krait", lineterm="", n=1)
            print("\n".join("    " + line for line in list(lines)[:12]))
            print("    " + got.stderr.decode(errors="replace")[-400:].replace("\n", "\n    "))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
