# bare_root.py ROOT PROGRAMS: builds every .py file of a folder, runs it by chroot in a root that holds the C library, an empty
# /tmp and an empty /dev/shm, and compares what it prints with what this Python prints.
import pathlib
import shutil
import subprocess
import sys

LIBC = ["/lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/libc.so.6", "/lib/x86_64-linux-gnu/libm.so.6"]

root, programs = map(pathlib.Path, sys.argv[1:])
for folder in "tmp", "dev/shm":
    (root / folder).mkdir(parents=True)
for file in LIBC:
    (root / file[1:]).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, root / file[1:])

same = 0
names = sorted(p.stem for p in programs.glob("*.py"))
for name in names:
    subprocess.run(["krait", "build", "-O1", programs / f"{name}.py", "-o", root / name], check=True)
    expected = subprocess.run([sys.executable, programs / f"{name}.py"], cwd=root / "tmp", capture_output=True)
    found = subprocess.run(["unshare", "-r", "chroot", root, f"/{name}"], capture_output=True, timeout=100)
    if (found.stdout, found.returncode) == (expected.stdout, expected.returncode):
        same += 1
        print(f"{name}: as under CPython")
    else:
        print(f"{name} differs: status {found.returncode}\n{found.stdout.decode()}{found.stderr.decode()}\nunder CPython: "
              f"status {expected.returncode}\n{expected.stdout.decode()}{expected.stderr.decode()}")
print(f"{same} of {len(names)}")
