"""Running one program under Krait, CPython and PyPy, and what a run gives."""
import json
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile

TIME = "/usr/bin/time"
HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
STAND_IN = HERE / "stand_in"
LIMIT = 100  # seconds of processor time, after which a run has failed


class Result:
    """What one run gave: seconds of processor time, peak memory in MB, output, and the values of the stand-in timer."""

    def __init__(self, command, environment=None, folder=None):
        # A child's peak counts the memory of whoever forked it, so that small program `time` stands in between.
        with tempfile.TemporaryFile() as output, tempfile.NamedTemporaryFile("r") as peak, tempfile.NamedTemporaryFile("r") as values:
            command = [TIME, "--quiet", "-f", "%M", "-o", peak.name, *command]
            with tempfile.TemporaryFile() as errors:
                child = subprocess.Popen(command, stdout=output, stderr=errors, stdin=subprocess.DEVNULL, cwd=folder,
                                         env={**os.environ, **(environment or {}), "BENCH_VALUES": values.name},
                                         preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT)))
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = status
                errors.seek(0)
                self.errors = errors.read().decode(errors="replace")
            output.seek(0)
            self.output = output.read()
            self.megabytes = int(peak.read() or 0) / 1024
            self.seconds = usage.ru_utime + usage.ru_stime
            self.values = {v["name"]: v["slices"] for v in map(json.loads, values)}
        self.failed = status != 0


class Engines:
    """krait builds once what the others are given as text."""

    def __init__(self, krait, level, python, pypy, packages, folder):
        self.krait, self.level, self.folder, self.packages = krait, level, folder, packages
        self.texts = {"python": [python]} | ({"pypy": [pypy]} if pypy else {})
        self.path = os.pathsep.join([str(STAND_IN), *packages])

    def commands(self, source, arguments, building=()):
        """engine -> command line; krait is missing when the program is not compiled. `building`: more options for it."""
        executable = self.build(source, building)
        commands = {engine: [*start, str(source), *arguments] for engine, start in self.texts.items()}
        if executable:
            commands["krait"] = [executable, *arguments]
        return commands

    def build(self, source, building):
        executable = pathlib.Path(self.folder, f"{source.parent.name}-{source.stem}")
        if executable.exists():
            return str(executable)
        folders = [option for folder in [STAND_IN, *self.packages] for option in ("-I", str(folder))]
        done = subprocess.run([self.krait, "build", f"-O{self.level}", *building, *folders, source, "-o", executable], capture_output=True, text=True)
        if done.returncode:
            print(f"{source}: {done.stderr.strip()[-400:]}", flush=True)
            return None
        return str(executable)

    def run(self, command, seconds=1.0):
        return Result(command, {"PYTHONPATH": self.path, "PYTHONDONTWRITEBYTECODE": "", "BENCH_SECONDS": str(seconds)}, self.folder)


def find(name):
    return shutil.which(name) or ""
