#!/usr/bin/env python3.11
"""Compares the bytecode of krait-ir with that of the Python that runs this script (3.11).

usage: compare_bytecode.py KRAIT_IR FILE...

For every code object of every file: instructions with their caches, positions, exception
table, stack size, names, cells and the number of constants. Prints the first difference of
each kind per file; exit status 1 if there is any. Files that CPython refuses are skipped.
"""
import collections
import subprocess
import sys
import types
import warnings


def units(tool, path):
    """The code objects that krait-ir prints, by (qualified name, first line)."""
    text = subprocess.run([tool, "--bytecode", path], capture_output=True, check=False).stdout.decode("utf-8", "surrogatepass")
    made, unit = collections.defaultdict(list), {}
    for line in text.splitlines():
        key, _, value = line.partition(" ")
        if key == "code":
            name, _, first, _, flags, _, stack = value.rsplit(" ", 6)
            unit = {"co_stacksize": int(stack), "constants": 0}
            made[name, int(first)].append(unit)
        elif key == "const":
            unit["constants"] += 1
        elif key in ("bytes", "lines", "exceptions"):
            unit[{"bytes": "co_code", "lines": "co_linetable", "exceptions": "co_exceptiontable"}[key]] = bytes.fromhex(value)
        elif key in ("names", "varnames", "cells", "frees"):
            field = {"names": "co_names", "varnames": "co_varnames", "cells": "co_cellvars", "frees": "co_freevars"}[key]
            unit[field] = tuple(value.split(" ")) if value else ()
    return made


def walk(code):
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from walk(constant)


def main(tool, paths):
    warnings.simplefilter("ignore")
    total = different = 0
    for path in paths:
        with open(path, "rb") as file:
            try:
                top = compile(file.read(), path, "exec")
            except (SyntaxError, ValueError):
                continue
        ours = units(tool, path)
        for code in walk(top):
            total += 1
            candidates = ours[code.co_qualname, code.co_firstlineno]
            same = next((u for u in candidates if u["co_code"] == code.co_code), candidates[0] if candidates else None)
            if same is None:
                wrong = ["missing"]
            else:
                candidates.remove(same)
                wrong = [f for f in same if f != "constants" and same[f] != getattr(code, f)]
                wrong += ["co_consts"] if same["constants"] != len(code.co_consts) else []
            if wrong:
                different += 1
                print(f"{path}:{code.co_firstlineno}: {code.co_qualname}: {', '.join(wrong)}")
    print(f"{total} code objects, {different} differ")
    return different != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
