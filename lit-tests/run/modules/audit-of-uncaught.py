# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# An audit hook is told of an exception that nobody caught. What it raises is shown, unless it is a RuntimeError: then nothing is.
import subprocess
import sys

PROGRAM = """
import sys
sys.tracebacklimit = 0
def hook(event, arguments):
    if event == "sys.excepthook":
        print(event, arguments[1], arguments[2])
        raise {}
sys.addaudithook(hook)
1 / 0
"""
for error in 'KeyError("of the hook")', 'RecursionError("which is a RuntimeError")', "SystemExit(3)":
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(error)], capture_output=True, text=True)
    print(done.returncode, done.stdout, done.stderr, sep="\n")
