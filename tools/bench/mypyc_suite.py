#!/usr/bin/env python3
"""The benchmarks of mypyc-benchmarks (a checkout of that repository), each timed in its process: `NAME SECONDS` a line, the least of four runs.

    krait build --site-packages -I FOLDER mypyc_suite.py -o suite && ./suite > krait.txt
    PYTHONPATH=FOLDER python3.11 mypyc_suite.py > python.txt
    (cd FOLDER && mypyc microbenchmarks/*.py …); PYTHONPATH=FOLDER python3.11 mypyc_suite.py > mypyc.txt
    python3.11 mypyc_suite.py --compare python.txt krait.txt     how many times as fast the second is, and the geometric mean

Where mypy_extensions has no `i64`, the modules' import of it has to say `i64 = int` instead, for all three alike; typing has what they import of
typing_extensions.
"""
import math
import sys
import time

RUNS = 4


def compare(first, second):
    def times(path):
        with open(path, encoding="utf-8") as f:
            return {words[0]: float(words[1]) for words in map(str.split, f) if len(words) == 2}  # benchmarks print, too

    a, b = times(first), times(second)
    ratios = sorted((a[name] / b[name], name) for name in a if name in b)
    for ratio, name in ratios:
        print(f"{ratio:7.2f} {name}")
    print(f"{math.exp(sum(math.log(ratio) for ratio, _ in ratios) / len(ratios)):7.2f} geometric mean of {len(ratios)}")


def main(wanted):
    import benchmarks.binary_trees, benchmarks.bm_deltablue, benchmarks.bm_float, benchmarks.bm_hexiom, benchmarks.bm_nqueens
    import benchmarks.bm_raytrace, benchmarks.bm_richards, benchmarks.bm_spectral_norm
    import microbenchmarks.builtins, microbenchmarks.bytes, microbenchmarks.callables, microbenchmarks.dataclasses, microbenchmarks.dicts
    import microbenchmarks.enums, microbenchmarks.exceptions, microbenchmarks.files, microbenchmarks.generators, microbenchmarks.instances
    import microbenchmarks.integers, microbenchmarks.namedtuples, microbenchmarks.numbers, microbenchmarks.sequences, microbenchmarks.sets
    import microbenchmarks.singledispatch, microbenchmarks.strings
    from benchmarking import BenchmarkContext
    from benchmarking import benchmarks as known

    for benchmark in known:
        if benchmark.compiled_only or (wanted and benchmark.name not in wanted):
            continue
        least = math.inf
        for _ in range(RUNS):
            start = time.process_time()
            benchmark.perform(BenchmarkContext())
            least = min(least, time.process_time() - start)
        print(benchmark.name, f"{least:.6f}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--compare"]:
        compare(*sys.argv[2:])
    else:
        main(sys.argv[1:])
