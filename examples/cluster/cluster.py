"""What the three scripts share: a job is built, run by CPython and by krait in turn, and once more by each with a worker killed in the middle.

A job prints its answer on standard output, which has to be the same in every run. On standard error it says `NAME: NUMBER UNIT` for what
was measured, and `half done` where a worker may be killed.
"""
import contextlib
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
KRAIT = os.environ.get("KRAIT") or os.path.join(HERE, "../../build/tools/krait/krait")
CPYTHON = "/usr/bin/python3.11"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Cluster:
    """The processes of one run, each the leader of a group; none is left when it ends."""

    def __init__(self, job, folder):
        self.job = job  # words of a command
        self.folder = folder
        self.processes = []

    def start(self, *words, log=None, **options):
        if log:
            options["stdout"] = options["stderr"] = open(os.path.join(self.folder, log), "ab")
        environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", **options.pop("environment", {}))
        process = subprocess.Popen(words, cwd=self.folder, env=environment, start_new_session=True, **options)
        self.processes.append(process)
        return process

    def kill(self, process, how=signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        process.wait()

    def wait_for_port(self, port):
        while True:
            with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
                return
            time.sleep(0.05)

    def follow(self, process, at_half=None):
        """The answer of a job, and what it measured: {name: (number, unit)}."""
        measured = {}
        for line in process.stderr:
            name, colon, rest = line.strip().partition(": ")
            if line == "half done\n":
                if at_half: at_half()
            elif colon and len(rest.split()) == 2 and rest[0].isdigit():
                measured[name] = (float(rest.split()[0]), rest.split()[1])
            else:
                print("   ", line, end="")
        answer = process.stdout.read()
        if process.wait():
            raise SystemExit(f"the job ended with status {process.returncode}: the logs are in {self.folder}")
        return answer, measured

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            self.kill(process)


def compare(program, run, build_options=(), rounds=3):
    """`run(cluster, kills)` starts everything, and returns what Cluster.follow gives. The exit status says whether all answers are equal."""
    folder = tempfile.mkdtemp(prefix="krait-cluster-")
    name = program.removesuffix(".py")
    subprocess.run([KRAIT, "build", *build_options, os.path.join(HERE, program), "-o", os.path.join(folder, name)], check=True)
    jobs = {"CPython": [CPYTHON, os.path.join(HERE, program)], "krait": [os.path.join(folder, name)]}
    answers, measured = {}, {}

    def once(who, label, kills):
        where = os.path.join(folder, f"{who}-{label}")
        os.mkdir(where)
        with Cluster(jobs[who], where) as cluster:
            answer, numbers = run(cluster, kills)
        answers[f"{who}, {label}"] = answer
        print(f"{who}, {label}: " + ", ".join(f"{what} {number:g} {unit}" for what, (number, unit) in numbers.items()), flush=True)
        return numbers

    for round in range(rounds):
        for who in jobs:
            for what, (number, unit) in once(who, f"round {round + 1}", False).items():
                measured.setdefault((what, unit), {}).setdefault(who, []).append(number)
    for who in jobs:
        once(who, "a worker killed", True)

    expected = answers["CPython, round 1"]
    print("\n" + expected)
    different = [label for label, answer in answers.items() if answer != expected]
    for label in different:
        print(f"DIFFERENT: {label}:\n{answers[label]}")
    print(f"{len(answers)} runs, {len(answers) - len(different)} answers equal to the first")
    print(f"{'median of ' + str(rounds):20} {'CPython':>10} {'krait':>10}")
    for (what, unit), numbers in measured.items():
        print(f"{what + ', ' + unit:20} " + " ".join(f"{statistics.median(numbers[who]):10.2f}" for who in jobs))
    if different:
        sys.exit(f"the logs are in {folder}")
    shutil.rmtree(folder)
