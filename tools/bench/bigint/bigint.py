#!/usr/bin/env python3
"""Times the functions of runtime/bigint against CPython's integers and, where the tool was built with it, GMP.

    bigint.py [--build BUILD] [--python PYTHON] [--limbs N,…] [OPERATION…]

`ninja -C build bigint-bench` makes the tool. Prints nanoseconds of one operation
on numbers of so many 64-bit limbs, and how many times as long as the others take.
"""
import argparse
import subprocess

OPERATIONS = {  # what CPython is asked; a, b, c: n limbs, twice: 2n, s: the text of a
    "add": "a + b", "multiply": "a * b", "square": "a * a", "divide": "divmod(twice, b)", "root": "isqrt(a)", "gcd": "gcd(a, b)",
    "text": "str(a)", "parse": "int(s)", "power": "pow(a, b, c)",
}
LIMBS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 3000, 10000, 52000]
SLOW = {"power": 64, "gcd": 3000, "root": 10000}  # quadratic time or worse there: no more limbs than that
PROGRAM = """
import random, sys, timeit
from math import gcd, isqrt
sys.set_int_max_str_digits(0)
n = {limbs}
a, b, c, twice = (random.getrandbits(64 * k) | 1 << 64 * k - 1 | 1 for k in (n, n, n, 2 * n))
s = str(a) if {parses} else ''
t = timeit.Timer({expression!r}, globals=globals())
rounds = max(1, min(1000000, int(0.01 / max(t.timeit(1), 1e-8))))
print(min(t.repeat(3, rounds)) / rounds * 1e9)
"""


def ask(command):
    result = subprocess.run(command, capture_output=True, text=True)
    return float(result.stdout) if result.returncode == 0 else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("operations", nargs="*", metavar="OPERATION")
    parser.add_argument("--build", default="build")
    parser.add_argument("--python", default="python3.11")
    parser.add_argument("--limbs", default=",".join(map(str, LIMBS)))
    arguments = parser.parse_args()
    tool = f"{arguments.build}/tools/bench/bigint/bigint-bench"
    print("| operation | limbs | ns | CPython takes … times as long | times as long as GMP |\n|---|---|---|---|---|")
    for name in arguments.operations or OPERATIONS:
        for limbs in map(int, arguments.limbs.split(",")):
            if limbs > SLOW.get(name, limbs):
                continue
            ours, gmp = (ask([tool, which, name, str(limbs)]) for which in ("kernel", "gmp"))
            program = PROGRAM.format(limbs=limbs, parses=name == "parse", expression=OPERATIONS[name])
            # Its texts take a minute from some length.
            python = None if limbs > 10000 and name in ("text", "parse", "divide") else ask([arguments.python, "-c", program])
            print(f"| {name} | {limbs} | {ours:.0f} | {f'{python / ours:.1f}' if python else ''} | {f'{ours / gmp:.2f}' if gmp else ''} |",
                  flush=True)


if __name__ == "__main__":
    main()
