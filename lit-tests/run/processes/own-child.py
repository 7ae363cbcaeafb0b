# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# sys.executable is the program itself; started by it, it takes python3's command line.
import os
import subprocess
import sys


def run(*words, **keywords):
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, **keywords)
    print(done.returncode, done.stdout.strip(), "|", done.stderr.strip().replace(sys.executable, "python3"))


run("-c", "import sys; print(sys.argv, sys.path[0] == '', __name__, '__file__' in globals())", "a", "-b")
run("-E", "-O", "-Werror", "-X", "dev", "-Xname=text", "-c",
    "import sys; print(sys.warnoptions, sys._xoptions, sys.flags.optimize, __debug__); assert False; "
    "import warnings; warnings.warn('caught')")
run("-Wignore", "-c", "import warnings; warnings.warn('not shown')")
run("-bb", "-I", "-c", "import sys; print(sys.flags[:17])")
run("-m", "calendar", "2020", "2")
run("-", "x", input="import sys; print(sys.argv)")
run(input="import sys; print(sys.argv)")
run("/nonexistent/program.py")
run("-c", "import os; print(sorted(k for k in os.environ if 'KRAIT' in k))", env={})
run("-c", "import sys; sys.exit('bye')")
run("-c", "1/0")
run("-c", "import socket, hmac, array; print(array.array('i', [1]))")
print(os.system(f"{sys.executable} -c 'raise SystemExit(3)'") >> 8)
print(subprocess.getoutput(f"{sys.executable} -c 'print(1 + 1)' && echo done"))
print(subprocess.run(["other name", "-c", "print('direct')"], executable=sys.executable, capture_output=True).stdout)
run("-", input="print({name: value for name, value in globals().items() if name in ('__file__', '__cached__')})")
