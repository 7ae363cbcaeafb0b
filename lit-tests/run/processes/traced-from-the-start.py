# RUN: krait run %s | diff %s.out -
# -X tracemalloc and PYTHONTRACEMALLOC trace allocations from the start on; --check-hash-based-pycs and archives with -I.
import os
import subprocess
import sys
import tempfile
import tracemalloc
import zipfile

ask = "import tracemalloc; print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit())"


def run(*arguments, **environment):
    done = subprocess.run([sys.executable, *arguments], env={**os.environ, **environment}, capture_output=True, text=True)
    print(done.returncode, done.stdout.strip(), done.stderr.splitlines()[:1])


run("-c", ask)
for option in "tracemalloc", "tracemalloc=7", "tracemalloc=0":
    run("-X", option, "-c", ask)
run("-c", ask, PYTHONTRACEMALLOC="4")
run("-X", "tracemalloc=2", "-c", ask, PYTHONTRACEMALLOC="4")
run("-E", "-c", ask, PYTHONTRACEMALLOC="4")
run("-X", "tracemalloc=-1", "-c", ask)
run("-c", ask, PYTHONTRACEMALLOC="x")
run("--check-hash-based-pycs", "always", "-c", "import _imp; print(_imp.check_hash_based_pycs)")
run("--check-hash-based-pycs", "sometimes", "-c", "")
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "x.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("__main__.py", "import sys; print(sys.path[0] == sys.argv[0])")
    run("-I", path)
