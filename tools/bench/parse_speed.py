#!/usr/bin/env python3.11
"""Measures lexing and parsing against CPython's ast.parse, in one run.

    python3.11 tools/bench/parse_speed.py build/tools/krait-parse/krait-parse [FOLDER]

Both sides read every .py file of the folder (the installed standard library and
its test suite unless one is given) before the clock starts; both times are
processor time, the best of three rounds.
"""

import ast
import gc
import os
import subprocess
import sys
import tempfile
import time
import warnings

warnings.simplefilter("ignore")


def main():
    tool = sys.argv[1]
    root = sys.argv[2] if len(sys.argv) > 2 else os.path.dirname(os.__file__)
    paths = sorted(
        os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names if name.endswith(".py")
    )
    sources = [open(path, "rb").read() for path in paths]
    lines = sum(source.count(b"\n") for source in sources)
    gc.disable()
    theirs, ours = [], []
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listing:
        listing.write("\n".join(paths))
        listing.flush()
        for _ in range(3):
            start = time.process_time()
            for source in sources:
                try:
                    ast.parse(source)
                except (SyntaxError, ValueError):
                    pass
            theirs.append(time.process_time() - start)
            run = subprocess.run([tool, "--time", "@" + listing.name], capture_output=True, text=True, check=True)
            ours.append(float(run.stdout.rsplit("total without reading", 1)[1].split()[0]))
    print(f"{len(paths)} files, {lines} lines, {sum(map(len, sources))} bytes")
    print(f"ast.parse {min(theirs):.3f} s, krait {min(ours):.3f} s: {min(theirs) / min(ours):.1f} times as fast")


main()
