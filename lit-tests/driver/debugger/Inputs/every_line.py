"""Compares what gdb says of the locals at each line of a program with what CPython's trace says.

    every_line.py KRAIT-EXECUTABLE SOURCE [may-be-gone]

Breakpoints stand on all lines. Every stop has to be a line that CPython came to, in its order, with equal locals; unless they may be
gone, every line of a function that CPython came to has to be stopped at. An optimised program comes to lines in another order and
misses some, and says of locals `<optimized out>`: what it does say has to be what the variable was at some time.
"""
import json
import re
import subprocess
import sys
import types

FOLLOW = """
import gdb, json
gdb.execute("set pagination off")
for n in range(1, LAST + 1):
    try:
        gdb.execute("break FILE:%d" % n, to_string=True)
    except gdb.error:
        pass
gdb.execute("run > OUTPUT", to_string=True)
from krait_gdb import frames
while gdb.selected_inferior().threads():
    at = frames.PythonFrame.of(gdb.selected_frame())
    if at:
        print("AT", json.dumps([at.name, at.line, {n: v.format_string() for n, v in at.variables()}]))
    gdb.execute("continue", to_string=True)
"""


def shown(value):
    if isinstance(value, types.FunctionType):
        return f"<function {value.__qualname__}>"
    if isinstance(value, type):
        return f"<class '{value.__name__}'>"
    if type(value).__module__ == "__main__":
        return f"<{' '.join([type(value).__name__] + [f'{k}={shown(v)}' for k, v in vars(value).items()])}>"
    if isinstance(value, (list, tuple, dict)) and any(map(callable, value)):
        return None
    if isinstance(value, BaseException):
        return f"{type(value).__name__}({', '.join(map(shown, value.args))})"
    return repr(value)


def traced(source):
    seen = []

    def trace(frame, event, _argument):
        if frame.f_code.co_filename != source:
            return None
        if event == "line":
            named = {n: shown(v) for n, v in frame.f_locals.items()} if frame.f_code.co_flags & 1 else {}
            seen.append([frame.f_code.co_name, frame.f_lineno, {n: v for n, v in named.items() if n[0] != "."}])
        return trace

    with open(source) as file:
        code = compile(file.read(), source, "exec")
    sys.settrace(trace)
    exec(code, {"__name__": "__main__"})
    sys.settrace(None)
    return seen


def stops(executable, source):
    with open(source) as file:
        last = len(file.readlines())
    script = FOLLOW.replace("LAST", str(last)).replace("FILE", re.sub(".*/", "", source)).replace("OUTPUT", "/dev/null")
    with open(executable + ".follow.py", "w") as file:
        file.write(script)
    build = sys.argv[sys.argv.index("--build") + 1]
    command = ["gdb", "-nx", "-batch", "-iex", f"add-auto-load-safe-path {build}", "-iex", "set startup-with-shell on",
               "-iex", "set debuginfod enabled off", "-x", executable + ".follow.py", executable]
    done = subprocess.run(command, capture_output=True, text=True)
    found = [json.loads(line[3:]) for line in done.stdout.splitlines() if line.startswith("AT ")]
    if not found:
        sys.exit(done.stdout + done.stderr)
    return found


def main():
    executable, source = sys.argv[1:3]
    may_be_gone = "may-be-gone" in sys.argv
    with open(source) as file:
        text = [""] + file.readlines()
    expected, found = traced(source), stops(executable, source)
    wrong, at = 0, 0
    for name, line, variables in found:
        if text[line].lstrip().startswith("def "):
            continue  # a generator is made
        known = {n: v for n, v in variables.items() if v not in ("<unbound>", "<optimized out>")}
        if may_be_gone:
            ever = [event[2] for event in expected if event[0] == name]
            odd = {n: v for n, v in known.items() if not any(n not in e or e[n] in (v, None) for e in ever)}
            if odd:
                wrong += 1
                print(f"{name}, line {line}: never was {odd}")
            continue
        n = at
        while n < len(expected) and not (expected[n][:2] == [name, line] and
                                         {k: known.get(k) if v is None else v for k, v in expected[n][2].items()} == known):
            n += 1
        if n == len(expected):
            wrong += 1
            near = next((e for e in expected[at:] if e[:2] == [name, line]), None)
            print(f"{name}, line {line}: gdb says {known}, CPython {near and near[2]}")
        else:
            at = n
    if not may_be_gone:
        came = {(name, line) for name, line, _ in found}
        for name, line in sorted({(name, line) for name, line, _ in expected} - came):
            if "# no stop" not in text[line]:
                wrong += 1
                print(f"{name}, line {line}: no stop")
    print(f"{len({tuple(f[:2]) for f in found})} lines, {wrong} wrong")


main()
