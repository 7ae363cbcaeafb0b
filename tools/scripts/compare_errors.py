#!/usr/bin/env python3.11
"""Compares krait's syntax errors with CPython's: class, message, position, line.

    python3.11 tools/scripts/compare_errors.py build/tools/krait-parse/krait-parse [--mode=eval|single] [--mutate N] FILE...

The programs are every string constant in the FILEs (CPython's own tests are
full of wrong programs) and the examples of their docstrings; with --mutate,
instead, N statements of each FILE with one token deleted, doubled, swapped or
replaced. What both accept is not shown. Prints each difference once per kind.
"""

import ast
import doctest
import io
import os
import random
import subprocess
import sys
import tempfile
import tokenize
import warnings

warnings.simplefilter("ignore")


def snippets(path):
    with open(path, "rb") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if len(text) > 20000:
                continue
            yield text
            if ">>>" in text:
                try:
                    yield from (example.source for example in doctest.DocTestParser().get_examples(text))
                except ValueError:
                    pass


def mutations(path, count):
    source = open(path, encoding="utf-8", errors="replace").read()
    lines = source.splitlines(keepends=True)
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return
    chooser = random.Random(path)
    spare = ["(", ")", "[", "]", "{", "}", ",", ":", "=", "==", "*", "**", ".", "if", "else", "for", "in", "x", "1", "'s'",
             ":=", "lambda", "not", "def", "class", "import", "as", "print", "None", "yield", "await", "->", "@", ";",
             "\n", "\n    ", "except", "f'{x}'", "/", "+", "return", "del", "with", "try", "match", "case", "_", "!="]
    nodes = [node for top in body for node in ast.walk(top) if isinstance(node, ast.stmt)]
    nodes = [node for node in nodes if node.end_lineno - node.lineno < 12]
    for _ in range(count if nodes else 0):
        node = chooser.choice(nodes)
        text = "".join(lines[node.lineno - 1 : node.end_lineno])
        indent = len(text) - len(text.lstrip(" "))
        text = "".join(line[indent:] if line[:indent].isspace() else line for line in text.splitlines(keepends=True))
        try:
            tokens = [t for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.string.strip()]
        except (tokenize.TokenError, SyntaxError):
            continue
        if len(tokens) < 2:
            continue
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        index = chooser.randrange(len(tokens))
        token = tokens[index]
        begin = starts[token.start[0] - 1] + token.start[1]
        end = starts[token.end[0] - 1] + token.end[1]
        what = chooser.randrange(5)
        if what == 0:
            new = text[:begin] + text[end:]
        elif what == 1:
            new = text[:begin] + token.string + " " + text[begin:]
        elif what == 2:
            new = text[:begin] + chooser.choice(spare) + text[end:]
        elif what == 3:
            new = text[:begin] + chooser.choice(spare) + " " + text[begin:]
        else:
            new = text[:end]
        yield new


def theirs(text, mode):
    try:
        compile(text, "<string>", mode, ast.PyCF_ONLY_AST)
        return "ok"
    except SyntaxError as error:
        name, lineno, offset, line, end_lineno, end_offset = error.args[1] if len(error.args) > 1 else (None,) * 6
        return f"{type(error).__name__} ({error.msg!r}, ({lineno}, {offset}, {line!r}, {end_lineno}, {end_offset}))"
    except (ValueError, MemoryError, RecursionError, OverflowError) as error:
        return f"{type(error).__name__}"


def main():
    arguments = sys.argv[1:]
    tool = arguments.pop(0)
    count, mode = 0, "exec"
    if arguments[0].startswith("--mode="):
        mode = arguments.pop(0).partition("=")[2]
    if arguments[0] == "--mutate":
        count = int(arguments[1])
        del arguments[:2]
    texts = {}
    for path in arguments:
        for text in mutations(path, count) if count else snippets(path):
            texts.setdefault(text, path)
    expected = {}
    for text in texts:
        answer = theirs(text, mode)
        try:
            text.encode()
        except UnicodeEncodeError:
            continue
        if "\0" not in text:
            expected[text] = answer
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, text in enumerate(expected):
            names.append(os.path.join(folder, str(number)))
            with open(names[-1], "w", newline="") as file:
                file.write(text)
        with open(os.path.join(folder, "list"), "w") as file:
            file.write("\n".join(names))
        run = subprocess.run([tool, "--text", "--mode=" + mode, "--errors", "@" + file.name], capture_output=True)
    answers = run.stdout.decode("utf-8", "surrogatepass").split("\n")[:-1]
    if len(answers) != len(expected):
        sys.exit(f"krait-parse stopped early: {run.returncode} {run.stderr[-2000:]!r}")
    same = refused = 0
    for (text, cpython), krait in zip(expected.items(), answers):
        refused += cpython != "ok"
        if krait == cpython or (cpython in ("MemoryError", "RecursionError") and krait != "ok"):
            same += 1
            continue
        print(f"--- {texts[text]}\n{text if len(text) < 400 else text[:400] + '…'}\n  krait:   {krait}\n  cpython: {cpython}")
    print(f"{len(expected)} programs, {refused} refused by CPython, {same} same, {len(expected) - same} different")
    sys.exit(0 if same == len(expected) else 1)


if __name__ == "__main__":
    main()
