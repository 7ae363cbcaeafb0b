# RUN: krait run %s | diff %s.out -
# A file that is still open at the very end warns, with and without the warnings module.
import subprocess
import sys

for code in "f = open('/dev/null')", "import warnings; f = open('/dev/null')":
    for options in ["-Wd"], ["-Wi"], ["-X", "dev"], []:
        done = subprocess.run([sys.executable, *options, "-c", code], capture_output=True, text=True)
        print(done.returncode, done.stderr)
