"""Stands in for the module `pyperf` where programs are timed in one process: enough of its Runner for programs that
hand it functions. Clocks are those of the processor, because the machine is not ours alone.

Where BENCH_VALUES names a file, each benchmark adds a line of JSON to it: its name, and for each slice of the time that
BENCH_SECONDS allows when it began, how long it took, and its loops (as many as take a twentieth of that time, or one).
"""
import argparse
import json
import os
import time

perf_counter = time.process_time
SECONDS = float(os.environ.get("BENCH_SECONDS", "1"))


def python_implementation():
    import sys
    return sys.implementation.name


class Runner:
    def __init__(self, add_cmdline_args=None, **options):
        self.argparser = argparse.ArgumentParser()
        self.metadata = {}
        self.args = None

    def parse_args(self, args=None):
        if self.args is None:
            self.args = self.argparser.parse_args(args)
        return self.args

    def bench_time_func(self, name, time_func, *args, inner_loops=1, **options):
        """time_func(loops, *args) says itself how long its loops took."""
        self.parse_args()
        slices, loops, spent = [], 1, 0.0
        while True:
            took = time_func(loops, *args)
            slices.append((spent, took, loops * inner_loops))
            spent += took
            if spent >= SECONDS:
                break
            if took < SECONDS / 20:
                loops = loops * 2 if took < SECONDS / 40 else loops + 1
        report(name, slices)

    def bench_func(self, name, func, *args, inner_loops=1, **options):
        def timed(loops):
            start = perf_counter()
            for _ in range(loops):
                func(*args)
            return perf_counter() - start
        self.bench_time_func(name, timed, inner_loops=inner_loops)

    def bench_async_func(self, name, func, *args, inner_loops=1, loop_factory=None, **options):
        import asyncio

        async def loops_of(loops):
            start = perf_counter()
            for _ in range(loops):
                await func(*args)
            return perf_counter() - start

        def timed(loops):
            if loop_factory is None:
                return asyncio.run(loops_of(loops))
            loop = loop_factory()
            try:
                return loop.run_until_complete(loops_of(loops))
            finally:
                loop.close()
        self.bench_time_func(name, timed, inner_loops=inner_loops)

    def bench_command(self, name, command, **options):
        raise SystemExit("programs that are started again and again are timed as programs")


def report(name, slices):
    path = os.environ.get("BENCH_VALUES")
    if not path:
        print(f"{name}: {min(took / loops for _, took, loops in slices):.6f} s")
        return
    with open(path, "a", encoding="utf-8") as values:
        values.write(json.dumps({"name": name, "slices": slices}) + "\n")
