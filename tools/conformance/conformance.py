#!/usr/bin/env python3
"""Judges Krait by CPython's own regression tests (Debian: libpython3.11-testsuite).

    conformance.py [--interp] [--sample] [--jobs N] [MODULE...]
    conformance.py --doc                  # writes docs/conformance.md from the results there are
    conformance.py --failures [MODULE...] # what failed last time and is not expected, with the last line of why

One driver per test module is compiled (natively, or run by the IR interpreter with --interp) and runs the module's
methods one after the other; after a crash or a hang it is started again with the rest. The same driver run by CPython
on this machine says which methods count: those that pass there, without those that the tests themselves call an
implementation detail of CPython's. The run fails if a method fails that expected_failures.txt does not name, and if one
passes that it names. Without modules, those of modules.txt.

Records, logs and CPython's answers stay in build/conformance/; the latter are asked for once (--ask-again).
"""
import argparse
import ast
import collections
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
EXTENSIONS = HERE / "without_extensions"  # modules in place of CPython's extension modules
SYMBOLS = ("PyArg_ParseTuple", "PyList_Append", "PyModuleDef_Init", "_Py_NoneStruct")  # that their libraries refer to
STDLIB = "/usr/lib/python3.11"
MEMORY = 160 << 30  # bytes of address space for a driver: stacks of threads are large, but only reserved
SHOWN = 20  # complaints about one module
ELSEWHERE = {"test_ctypes": "ctypes/test", "test_distutils": "distutils/tests", "test_lib2to3": "lib2to3/tests",
             "test_unittest": "unittest/test"}  # packages of tests that are not below test/


class Rows:
    """The lines of a table that are not comments, with their columns."""

    def __init__(self, path):
        self.rows = []
        for line in path.read_text().splitlines():
            line = line.partition("#")[0].strip() if path.name == "modules.txt" else line.strip()
            if line and not line.startswith("#"):
                self.rows.append(line.split(None, 1) if path.name != "modules.txt" else line.split())


def expected_failures(mode):
    """pattern -> reason. `interp:` or `native:` before a pattern limits it to that mode, `~` says it may pass too."""
    expected = {}
    for pattern, *reason in Rows(HERE / "expected_failures.txt").rows:
        where, colon, rest = pattern.partition(":")
        if colon and where in ("interp", "native"):
            if where != mode:
                continue
            pattern = rest
        if not reason:
            sys.exit(f"expected_failures.txt: no reason for {pattern}")
        expected[pattern] = reason[0]
    return expected


def driver_text(name, by_main):
    """The program that runs one test module, by its test_main() if it cannot be run without. Submodules of a package are found by unittest at run time: naming them
    in a function compiles them in."""
    text = f"import sys\nimport method_runner\nimport test.{name} as module\n"
    folder = pathlib.Path(STDLIB) / ELSEWHERE.get(name, f"test/{name}")
    if folder.is_dir():
        files = sorted(p for p in folder.rglob("*.py") if p.stem not in ("__init__", "__main__"))
        names = [".".join(p.relative_to(STDLIB).with_suffix("").parts) for p in files]
        names = [n for n in names if all(part.isidentifier() for part in n.split(".")) and ".data" not in n]
        if names:
            text += "def compiled_in():\n" + "".join(f"    import {n}\n" for n in names)
    # Guarded, since multiprocessing's children import the main module.
    return text + f"if __name__ == '__main__':\n    method_runner.{'run_main' if by_main else 'run'}(module, sys.argv[1:])\n"


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Outcome:
    """What became of the methods of one module: id -> pass, fail, skip, detail, crash, hang or missing."""

    def __init__(self):
        self.status = {}
        self.why = {}
        self.problem = ""
        self.seconds = 0.0


def read_record(path, outcome):
    """Adds what a record says; the method that was running, and whether the run came to its end."""
    running, ended, methods, fixture = None, False, [], ""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []:
        kind, _, rest = line.partition(" ")
        if kind == "M":
            methods.append(rest)
        elif kind == "S":
            running = rest
        elif kind == "E":
            status, _, name = rest.partition(" ")
            outcome.status[name] = status
            running = None
        elif kind == "D":
            try:
                text = ast.literal_eval(rest)
            except (ValueError, SyntaxError):
                text = rest
            if running:
                outcome.why.setdefault(running, text)
            else:
                fixture = text
        elif kind == "X":
            ended = True
    return running, ended, methods, fixture


def run_methods(command, folder, log, timeout):
    """Runs the methods, again and again until all had their turn."""
    outcome = Outcome()
    began = time.time()
    record, leave_out = folder / "record", folder / "leave_out"
    idle, methods, fixture = 0, [], ""
    while True:
        record.unlink(missing_ok=True)
        leave_out.write_text("\n".join(outcome.status), encoding="utf-8")
        with tempfile.TemporaryDirectory() as cwd:
            child = subprocess.Popen([*command, str(record), str(leave_out)], cwd=cwd, stdin=subprocess.DEVNULL, stdout=log,
                                     stderr=log, start_new_session=True, preexec_fn=limit)
            hung = wait_while_it_moves(child, record, timeout)
            try:
                os.killpg(child.pid, signal.SIGKILL)  # and whatever it left behind
            except ProcessLookupError:
                pass
        known = len(outcome.status)
        running, ended, found, problem = read_record(record, outcome)
        methods = found or methods
        fixture = fixture or problem
        if running:
            outcome.status[running] = "hang" if hung else "crash"
            outcome.why.setdefault(running, f"no end after {timeout} s" if hung else f"exit status {child.returncode}")
        if ended:
            break
        idle = idle + 1 if len(outcome.status) == known else 0
        if idle == 2 or (idle and not methods):
            outcome.problem = ("hangs" if hung else f"ends with status {child.returncode}") + \
                (" outside of a method" if methods else " while the module is imported")
            break
    for name in methods:
        if outcome.status.setdefault(name, "missing") == "missing":
            outcome.why[name] = outcome.problem or fixture or "did not run"
    outcome.seconds = time.time() - began
    return outcome


def wait_while_it_moves(child, record, timeout):
    """Whether it had to be killed for writing nothing for so long."""
    size, since = -1, time.time()
    while True:
        try:
            child.wait(timeout=0.2 if time.time() - since > 1 else 0.02)
            return False
        except subprocess.TimeoutExpired:
            pass
        now = record.stat().st_size if record.exists() else -1
        if now != size:
            size, since = now, time.time()
        elif time.time() - since > timeout:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            return True


class Conformance:
    def __init__(self, args):
        self.args = args
        self.mode = "interp" if args.interp else "native"
        self.expected = expected_failures(self.mode)
        self.by_main = {row[0] for row in Rows(HERE / "modules.txt").rows if "main" in row[1:]}
        self.build = args.build.resolve()
        self.work = self.build / "conformance"

    def folder(self, mode, name):
        folder = self.work / mode / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def driver(self, name):
        path = self.folder("drivers", name) / f"{name}_driver.py"
        text = driver_text(name, name in self.by_main)
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
        return path

    def asked(self, name):
        """The methods that CPython passes, from an earlier run if there was one."""
        folder = self.folder("cpython", name)
        kept = folder / "passed.json"
        if not kept.exists() or self.args.ask_again:
            with open(folder / "log", "wb") as log:
                command = ["env", f"PYTHONPATH={HERE}", self.args.python, self.driver(name)]
                outcome = run_methods(command, folder, log, 300)
            kept.write_text(json.dumps([n for n, s in outcome.status.items() if s == "pass"]))
        return json.loads(kept.read_text())

    def symbols(self):
        """A library that defines the symbols of CPython's that the libraries of extension modules refer to, and never use."""
        library = self.work / "symbols.so"
        if not library.exists():
            text = "".join(f"long {name}[64];\n" for name in SYMBOLS)
            self.work.mkdir(parents=True, exist_ok=True)
            subprocess.run(["cc", "-shared", "-fPIC", "-x", "c", "-", "-o", library], input=text.encode(), check=True)
        return library

    def command(self, name, log):
        """How to run the driver (null after a failed build), and how long making it took."""
        began = time.time()
        if self.args.interp:
            interpreter = self.args.interpreter or self.build / "tools/krait-interp/krait-interp"
            return ["env", f"CONFORMANCE_SYMBOLS={self.symbols()}", f"PYTHONPATH={HERE}:{EXTENSIONS}", interpreter, self.driver(name)], 0
        krait = self.args.krait or self.build / "tools/krait/krait"
        program = self.folder("native", name) / "program"
        done = subprocess.run([krait, "build", *self.args.flags.split(), "-I", HERE, "-I", EXTENSIONS, self.driver(name), "-o", program],
                              stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=1200)
        command = ["env", f"CONFORMANCE_SYMBOLS={self.symbols()}", program]
        return (command if done.returncode == 0 else None), time.time() - began

    def judge(self, name):
        passes = self.asked(name)
        folder = self.folder(self.mode, name)
        with open(folder / "log", "wb") as log:
            command, seconds = self.command(name, log)
            if command:
                outcome = run_methods(command, folder, log, self.args.timeout)
            else:
                outcome = Outcome()
                outcome.problem = "does not compile"
        passes = [n for n in passes if outcome.status.get(n) != "detail"]
        failing = {n: [outcome.status.get(n, "missing"), outcome.why.get(n, outcome.problem)] for n in passes
                   if outcome.status.get(n) != "pass"}
        result = {"cpython": len(passes), "passed": len(passes) - len(failing), "failing": failing, "problem": outcome.problem,
                  "compile": round(seconds, 1), "run": round(outcome.seconds, 1)}
        (folder / "result.json").write_text(json.dumps(result, indent=1))
        return result

    def reason(self, method):
        for pattern, reason in self.expected.items():
            if fnmatch.fnmatchcase(method, pattern.removeprefix("~")):
                return reason
        return None

    def verdict(self, name, result):
        """The lines that make the run fail."""
        failing = [(n, status) for n, (status, _) in result["failing"].items() if self.reason(n) is None]
        bad = [f"{status}: {n}" for n, status in failing]
        if result["problem"] and failing and result["passed"] == 0:
            bad = [f"{result['problem']}: {name}"]
        for pattern in self.expected:
            if pattern.split(".")[0] == name and not fnmatch.filter(result["failing"], pattern):
                bad.append(f"passes, but is listed as a failure: {pattern}")
        return bad

    def kept_result(self, name, mode=None):
        path = self.work / (mode or self.mode) / name / "result.json"
        return json.loads(path.read_text()) if path.exists() else None


def last_line(text):
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1][:160] if lines else ""


def show_failures(conformance, names):
    for name in names:
        result = conformance.kept_result(name)
        if result and result["problem"]:
            print(f"{name}: {result['problem']}")
        for method, (status, why) in (result or {"failing": {}})["failing"].items():
            if status == "missing" and result["problem"] and not conformance.args.verbose:
                continue
            if conformance.reason(method) is None or conformance.args.verbose:
                print(f"{status:7} {method}: {why if conformance.args.verbose else last_line(why)}")


def written_results(document):
    """What the document says now, for runs that were not made again: {(module, mode): result}."""
    results = {}
    for line in document.read_text().splitlines() if document.exists() else []:
        name, cpython, *passed = [field.strip() for field in line.strip("|").split("|")][:4] + [""] * 4
        for mode, figure in zip(("native", "interp"), passed):
            if cpython.isdigit() and figure.isdigit():
                results[name, mode] = {"cpython": int(cpython), "passed": int(figure), "failing": {}, "problem": ""}
    return results


def write_document(conformance, rows):
    """One row per module that was run. The last column is about the native run, or the interpreter's if there was none."""
    document = REPOSITORY / "docs" / "conformance.md"
    written = written_results(document)
    totals = {"native": [0, 0], "interp": [0, 0]}
    lines = ["# Conformance: CPython's own tests", "",
             "Generated by `python3 tools/conformance/conformance.py --doc` after runs of [modules.txt](../tools/conformance/modules.txt), natively and",
             "with `--interp`. Methods that `python3.11` passes on the same machine are counted, without those that the tests themselves call",
             "an implementation detail of CPython's; an empty field means that the module was not run that way. What fails and why is in",
             "[expected_failures.txt](../tools/conformance/expected_failures.txt).", "",
             "| module | CPython passes | native | interpreter | |", "|---|---|---|---|---|"]
    for name, *_ in rows:
        results = {mode: conformance.kept_result(name, mode) or written.get((name, mode)) for mode in totals}
        shown = results["native"] or results["interp"]
        if not shown:
            continue
        for mode, result in results.items():
            if result:
                totals[mode][0] += result["cpython"]
                totals[mode][1] += result["passed"]
        kinds = collections.Counter(status for status, _ in shown["failing"].values())
        remark = shown["problem"] or ", ".join(f"{kinds[k]} {k}" for k in ("crash", "hang") if kinds[k])
        passed = [str(results[mode]["passed"]) if results[mode] else "" for mode in totals]
        lines.append(f"| {name} | {shown['cpython']} | {passed[0]} | {passed[1]} | {remark} |")
    native, interpreted = (f"{p} of {n} ({100 * p / max(n, 1):.1f} %)" for n, p in totals.values())
    lines.append(f"| **all** | | {native} | {interpreted} | |")
    document.write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=REPOSITORY / "build")
    parser.add_argument("--krait", type=pathlib.Path, help="the compiler, if it is not the build's")
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("--interpreter", type=pathlib.Path, help="krait-interp, if it is not the build's")
    parser.add_argument("--interp", action="store_true", help="run in the IR interpreter instead of natively")
    parser.add_argument("--flags", default="", help="more options for krait build")
    parser.add_argument("--sample", action="store_true", help="the rows of modules.txt that say so")
    parser.add_argument("--ask-again", action="store_true", help="ask CPython even if its answer is known")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=60, help="seconds for a method")
    parser.add_argument("--failures", action="store_true", help="show what failed last time")
    parser.add_argument("--verbose", action="store_true", help="with --failures: expected ones too, and whole tracebacks")
    parser.add_argument("--doc", action="store_true", help="write docs/conformance.md")
    parser.add_argument("modules", nargs="*")
    args = parser.parse_args()
    rows = Rows(HERE / "modules.txt").rows
    names = args.modules or [name for name, *marks in rows if not args.sample or "sample" in marks]
    conformance = Conformance(args)
    if args.doc:
        return write_document(conformance, rows)
    if args.failures:
        return show_failures(conformance, names)
    bad = []
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for name, result in zip(names, pool.map(conformance.judge, names)):
            complaints = conformance.verdict(name, result)
            bad += complaints[:SHOWN]
            if len(complaints) > SHOWN:
                bad.append(f"{name}: {len(complaints) - SHOWN} more, see --failures")
            print(f"{name}: {result['passed']} of {result['cpython']}, {len(complaints)} unexpected; compiled in {result['compile']} s, "
                  f"ran {result['run']} s {result['problem']}", flush=True)
    for line in bad:
        print(line)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
