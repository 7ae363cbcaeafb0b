# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# sys.executable takes python3's arguments: typed statements, folders, archives, .pyc files, options and variables.
import os
import py_compile
import subprocess
import sys
import tempfile
import zipfile


def run(*args, input="", **env):
    done = subprocess.run([sys.executable, *args], input=input, capture_output=True, text=True, env=dict(os.environ, **env))
    return done.returncode, done.stdout, done.stderr


print(*run("-i", "-q", input="x = 1\nif x:\n  print('a')\n\nx\n1/0\n(1,\n2)\nx = = 2\n'end'\n"), sep="\n")
print(run("-i", "-q", "-c", "y = 5", input="y + 1\nexit(3)\n"))
print(run("-i", "-c", "y = 5", input="y\n")[2])
print(run("-V"), run("-h")[1][:6], run("--unknown")[2].splitlines()[0])
show = "import sys; print(sys.stdin.encoding, sys.stdout.errors, sys.flags.utf8_mode, sys.pycache_prefix, sys.flags.hash_randomization)"
print(run("-c", show, LC_ALL="C", PYTHONIOENCODING="latin1"))
print(run("-X", "pycache_prefix=here", "-c", show, LC_ALL="C.UTF-8", PYTHONIOENCODING="ascii:", PYTHONPYCACHEPREFIX="there"))
print(run("-R", "-c", show, LC_ALL="C", PYTHONHASHSEED="0", PYTHONIOENCODING=":replace"))
print(run("-c", "", PYTHONUTF8="maybe")[::2], run("-X", "int_max_str_digits=7", "-c", "")[0])
print(run("-W", "nonsense", "-c", "print(1)"))
print(run("-c", "import sys; sys.displayhook('\\xe9')", PYTHONIOENCODING="ascii"))
with tempfile.TemporaryDirectory() as folder:
    main = os.path.join(folder, "__main__.py")
    with open(main, "w") as f:
        f.write("import sys, other\nprint(__name__, sys.path[0] == sys.argv[0], other.__name__, type(__loader__).__name__)\n")
    with open(os.path.join(folder, "other.py"), "w") as f:
        f.write("")
    print(run(folder))
    inner = os.path.join(os.path.realpath(folder), "inner")
    os.mkdir(inner)
    for entry, where in ("", folder), (".", folder), ("..", inner), ("inner/..", folder):
        code = f"import sys; sys.path[0] = {entry!r}; import other; print(other.__file__.removeprefix({os.path.realpath(folder)!r}))"
        print(subprocess.run([sys.executable, "-c", code], cwd=where, capture_output=True, text=True).stdout)
    archive = os.path.join(folder, "all.zip")
    with zipfile.ZipFile(archive, "w") as z:
        z.write(main, "__main__.py")
        z.writestr("other.py", "")
    print(run(archive))
    print(run(py_compile.compile(os.path.join(folder, "__main__.py"), os.path.join(folder, "code.pyc")))[0])
    odd = os.path.join(os.fsencode(folder), b"odd-\xff.py")
    with open(odd, "wb") as f:
        f.write(b"import traceback, sys\nprint(ascii(__file__[-9:]))\nraise KeyError\n")
    done = run(odd)
    print(done[0], done[1], done[2].count("KeyError"))
