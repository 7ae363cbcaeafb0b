"""How far compiled kernels are from C++: each program beside the same algorithm in C++ (kernels/NAME.cpp) whose integers and indices are checked as
Python's are. Outputs must be equal; what is compared is processor time, the least of several runs each, in turn.

    python3 tools/bench/kernels.py [--runs N] [--krait FILE] [--short] [NAME ...]
"""
import argparse
import math
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent

# name -> (the Python program's folder, its arguments, those of --short)
KERNELS = {
    "fannkuch": ("programs", ["10"], ["7"]), "fft": ("kernels", ["16", "10"], ["8", "2"]), "float": ("programs", ["2000000"], ["2000"]),
    "lu": ("kernels", ["500"], ["40"]), "mandelbrot": ("programs", ["1000"], ["40"]), "matmul": ("kernels", ["500"], ["40"]),
    "monte_carlo": ("kernels", ["20000000"], ["20000"]), "nbody": ("programs", ["2000000"], ["1000"]), "sieve": ("programs", ["10000000"], ["10000"]),
    "sor": ("kernels", ["500", "200"], ["40", "5"]), "sparse": ("kernels", ["20000", "500"], ["500", "5"]),
    "spectral_norm": ("programs", ["1000"], ["40"]), "vectors": ("kernels", ["1500"], ["20"]),
}


def run(command):
    """Output and processor time, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return output, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--krait", default="krait")
    parser.add_argument("--compiler", default="clang++-19")
    parser.add_argument("--short", action="store_true", help="little work: for tests of the programs")
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *KERNELS])
    arguments = parser.parse_args()
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.names or KERNELS:
            place, long, short = KERNELS[name]
            compiled, native = os.path.join(folder, name + ".krait"), os.path.join(folder, name + ".native")
            subprocess.run([arguments.krait, "build", HERE / place / f"{name}.py", "-o", compiled], check=True)
            subprocess.run([arguments.compiler, "-std=c++20", "-O2", HERE / "kernels" / f"{name}.cpp", "-o", native], check=True)
            work = short if arguments.short else long
            least = [math.inf, math.inf]
            for _ in range(arguments.runs):
                (mine, mineTime), (other, otherTime) = run([compiled, *work]), run([native, *work])
                if mine != other:
                    sys.exit(f"{name}: {mine!r} is not {other!r}")
                least = [min(least[0], mineTime), min(least[1], otherTime)]
            if arguments.short:
                print(f"{name:14} equal", flush=True)
                continue
            ratios.append(least[0] / least[1])
            print(f"{name:14} krait {least[0]:6.3f} s   C++ {least[1]:6.3f} s   {ratios[-1]:5.2f} times its time", flush=True)
    if ratios:
        print(f"geometric mean {math.exp(sum(map(math.log, ratios)) / len(ratios)):.2f} of {len(ratios)}")


main()
