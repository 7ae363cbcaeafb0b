#!/usr/bin/env python3
"""What a profile is worth: instructions of a program without and with --profile-use, counted by valgrind.

    with_profile.py [--krait KRAIT] FILE [ARGS...]

Builds FILE, runs it once with --profile-generate and these arguments, builds it with what that has counted, and prints the
instructions of both. All three must print the same.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--krait", default=ROOT / "build/tools/krait/krait")
    parser.add_argument("file")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, "profile")
        environment = os.environ | {"PYTHONHASHSEED": "0", "KRAIT_PROFILE_FILE": profile}

        def build(name, *options):
            program = os.path.join(folder, name)
            subprocess.run([args.krait, "build", *options, args.file, "-o", program], check=True)
            return program

        def count(program):
            command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, *args.arguments]
            ran = subprocess.run(command, env=environment, capture_output=True, check=True)
            return int(re.search(rb"Collected : (\d+)", ran.stderr)[1]), ran.stdout

        plain, output = count(build("plain"))
        counted = subprocess.run([build("counts", "--profile-generate"), *args.arguments], env=environment, stdout=subprocess.PIPE, check=True)
        used, same = count(build("used", "--profile-use", profile))
        if not output == counted.stdout == same:
            sys.exit("the outputs differ")
        print(f"{pathlib.Path(args.file).name}: {plain:,} without, {used:,} with the profile ({used / plain - 1:+.1%})")


if __name__ == "__main__":
    main()
