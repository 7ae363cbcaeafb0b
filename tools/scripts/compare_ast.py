#!/usr/bin/env python3.11
"""Compares krait's syntax trees with CPython's on whole folders of programs.

    python3.11 tools/scripts/compare_ast.py build/tools/krait-parse/krait-parse /usr/lib/python3.11

Every .py file must be accepted or refused as CPython does (the newer syntax
that krait also accepts is told apart by hand: such files are listed), and the
text of `ast.dump(tree, include_attributes=True)` must be equal, except for
spans inside f-strings that are nested or span lines, where 3.11 is wrong.
Prints the differences and a summary; exit status 1 if there are any.
"""

import ast
import os
import re
import subprocess
import sys
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(20000)

SPAN = re.compile(r", lineno=(\d+), col_offset=(\d+), end_lineno=(\d+), end_col_offset=(\d+)\)")


def python_files(roots):
    for root in roots:
        if os.path.isfile(root):
            yield root
        for folder, _, names in os.walk(root):
            yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(".py"))


def expected(path):
    with open(path, "rb") as file:
        source = file.read()
    try:
        return ast.dump(ast.parse(source, path), include_attributes=True)
    except (SyntaxError, ValueError) as error:
        return error


def first_difference(ours, theirs):
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    return f"      krait:   …{ours[max(0, at - 150) : at + 80]}…\n      cpython: …{theirs[max(0, at - 150) : at + 80]}…"


def equal_but_for_fstring_spans(ours, theirs):
    """True if the trees differ only in positions, and only inside f-strings."""
    if SPAN.sub(")", ours) != SPAN.sub(")", theirs):
        return False
    depth_of_string, depth = None, 0
    for token_ours, token_theirs in zip(tokens(ours), tokens(theirs)):
        if token_ours == "JoinedStr(" and depth_of_string is None:
            depth_of_string = depth
        if token_ours.startswith(", lineno") and token_ours != token_theirs and depth_of_string is None:
            return False
        if token_ours.endswith("("):
            depth += 1
        elif token_ours == ")" or token_ours.startswith(", lineno"):
            depth -= 1
            if depth == depth_of_string:
                depth_of_string = None
    return True


TOKEN = re.compile(
    r", lineno=\d+, col_offset=\d+, end_lineno=\d+, end_col_offset=\d+\)"
    r"|\w+\(|\)|b?'(?:[^'\\]|\\.)*'|b?\"(?:[^\"\\]|\\.)*\"",
    re.S,
)


def tokens(text):
    return TOKEN.findall(text.replace("(lineno=", "(, lineno="))


def main():
    tool, roots = sys.argv[1], sys.argv[2:]
    files = list(python_files(roots))
    counts = dict.fromkeys(["same", "same but for spans in f-strings", "refused by both", "different"], 0)
    for path in files:
        theirs = expected(path)
        run = subprocess.run([tool, "--ast", path], capture_output=True, timeout=60)
        ours = run.stdout.decode("utf-8", "surrogatepass").rstrip("\n")
        if isinstance(theirs, Exception):
            if run.returncode == 1:
                counts["refused by both"] += 1
                continue
            print(f"ACCEPTED {path}: CPython says {theirs}")
        elif run.returncode != 0:
            print(f"REFUSED {path}: {run.stderr.decode(errors='replace')[:400]}")
        elif ours == theirs:
            counts["same"] += 1
            continue
        elif equal_but_for_fstring_spans(ours, theirs):
            counts["same but for spans in f-strings"] += 1
            continue
        else:
            print(f"DIFFERENT {path}\n{first_difference(ours, theirs)}")
        counts["different"] += 1
    print(f"{len(files)} files: " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    sys.exit(1 if counts["different"] else 0)


if __name__ == "__main__":
    main()
