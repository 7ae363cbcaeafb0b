#!/usr/bin/env python3
"""Writes docs/ir-reference.md from ir/core/operations.def.

usage: ir_reference.py [--check]    (from the repository's root)

Each row becomes one entry; the comment above a row or group is its text.
--check writes nothing and fails if the file is out of date.
"""
import re
import sys

SOURCE, TARGET = "ir/core/operations.def", "docs/ir-reference.md"
MODES = {"B": "", "C": "own ", "CN": "own null? ", "S": "lent ", "N": "null? ", "RI": "i64 ", "RF": "f64 ", "RB": "i1 ", "SI": "small "}
ROW = re.compile(r'OP\((\w+), "([^"]+)", \((.*?)\), (\w+), \(([^)]*)\), (.*), (\w+)\)$')


def operand(text):
    mode, name = re.fullmatch(r"(\w+)\((\w+)\)", text).groups()
    if mode in ("VB", "VC"):
        return ("own " if mode == "VC" else "") + name + "…"
    return MODES[mode] + name


def main():
    out = ["# The operations of the IR", "",
           "Generated from `ir/core/operations.def` by `tools/scripts/ir_reference.py`; do not edit.", "",
           "Operands: *own* is consumed, *lent* consumed on success only, *null?* may be absent or null; the rest is",
           "borrowed; *small* is the word of a small int, which nobody counts. Results: I1 to F64 and TwoF64 are raw, SmallInt is",
           "such a word. Effects: R raises, C may run arbitrary Python code, T ends the block, S suspends, 1 has its results on",
           "the first edge only.", ""]
    comment = []
    for line in open(SOURCE, encoding="utf-8"):
        line = line.rstrip()
        if line.startswith("// ----"):
            out += ["## " + line.strip("/- ").capitalize(), ""]
            comment = []
        elif line.startswith("//"):
            comment.append(line[2:].strip())
        elif line.startswith("OP("):
            _, text, operands, result, attributes, flags, entry = ROW.match(line).groups()
            parts = [operand(o) for o in re.findall(r"\w+\(\w+\)", operands)]
            effects = "".join(letter for letter, names in
                              (("R", ("kRaises", "kAny")), ("C", ("kRunsCode", "kAny")), ("T", ("kTerminator",)),
                               ("S", ("kSuspends",)), ("1", ("kResultFirst",)))
                              if any(re.search(rf"\b{name}\b", flags) for name in names))
            head = f"`{text}`"
            if attributes:
                head += " " + attributes
            head += f" ({', '.join(parts)})"
            if result != "None":
                head += f" → {result}"
            tail = [t for t in (effects, "" if entry == "CUSTOM" else f"`{entry}`") if t]
            out.append("- " + head + (" — " + ", ".join(tail) if tail else "")
                       + ("  \n  " + " ".join(comment) if comment else ""))
            comment = []
        elif out[-1] != "":
            out.append("")
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(out)).rstrip() + "\n"
    if "--check" in sys.argv:
        if open(TARGET, encoding="utf-8").read() != text:
            sys.exit(f"{TARGET} is out of date: run tools/scripts/ir_reference.py")
        return
    with open(TARGET, "w", encoding="utf-8") as file:
        file.write(text)


main()
