"""Makes a package with data files, its metadata, and a program that reads them in every way."""
import os
import sys

root = sys.argv[1]


def write(name, text):
    path = os.path.join(root, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)


write("site/kit/__init__.py", """
import importlib.metadata, os
HERE = os.path.dirname(os.path.abspath(__file__))
VERSION = importlib.metadata.version("kit-of-tools")
""")
write("site/kit/table.txt", "one\ntwo\n")
write("site/kit/deep/er/data.bin", "\x00\x01" * 500)
write("site/kit/sub/__init__.py", "")
write("site/kit/sub/words.json", '{"a": [1, 2]}')
write("site/kit_of_tools-1.5.dist-info/METADATA", "Metadata-Version: 2.1\nName: kit-of-tools\nVersion: 1.5\n")
write("site/kit_of_tools-1.5.dist-info/top_level.txt", "kit\n")
write("site/kit_of_tools-1.5.dist-info/entry_points.txt", "[console_scripts]\nkit = kit.command:run\n[kit.plugins]\nfirst = kit.plugins.first:NAME\nsecond = kit:VERSION\n")
write("site/kit/plugins/first.py", "NAME = 'first'\n")
write("site/kit/command.py", "import decimal\n")
write("site/big/__init__.py", "import os\nPATH = os.path.join(os.path.dirname(__file__), 'big.bin')\n")
write("site/big/big.bin", "x" * (65 << 20))
write("site/quiet/__init__.py", "NAME = 'quiet'\n")
write("site/quiet/unread.txt", "never looked for\n")
write("app/templates/page.html", "<p>page</p>")
write("app/main.py", """
import glob, importlib.metadata, importlib.resources, io, json, os, pathlib, pkgutil, stat, kit, quiet
from kit import sub
with open(os.path.join(kit.HERE, "table.txt")) as f:
    print(f.read().split(), f.tell(), f.seek(4), f.readline(), f.fileno() > 2)
print(kit.VERSION, [e.load() for e in importlib.metadata.entry_points(group="kit.plugins")])
print(pkgutil.get_data("kit", "deep/er/data.bin")[:4], json.loads(importlib.resources.files("kit.sub").joinpath("words.json").read_text()))
print(sorted(p.name for p in importlib.resources.files("kit").iterdir() if p.suffix != ".py" and p.name not in ("__pycache__", "plugins")))
with importlib.resources.as_file(importlib.resources.files("kit") / "table.txt") as p:
    print(p.read_bytes(), p.stat().st_size, stat.S_ISREG(p.stat().st_mode))
d = pathlib.Path(kit.HERE, "deep")
print(d.is_dir(), d.exists(), (d / "no").exists(), [str(p.relative_to(d)) for p in d.rglob("*")], glob.glob(kit.HERE + "/t*.txt") == [kit.HERE + "/table.txt"])
print(os.listdir(d), os.access(d, os.R_OK), os.path.getsize(d / "er/data.bin"), [(e.name, e.is_dir(), e.is_file()) for e in os.scandir(d / "er")])
os.chdir("/")
near = os.path.relpath(d, "/")
print(open(near + "/er/../er/data.bin", "rb").read(2), os.path.exists(near + "//./er"))
fd = os.open(near + "/er/data.bin", os.O_RDONLY)
print(len(os.read(fd, 5000)), io.open_code(kit.HERE + "/table.txt").read())
os.close(fd)
for call in (lambda: open(d / "none"), lambda: open(d / "er"), lambda: os.listdir(d / "none"), lambda: os.stat(d / "none")):
    try: call()
    except OSError as e: print(type(e).__name__, e.strerror)
print(os.path.exists(os.path.join(os.path.dirname(quiet.__file__), "unread.txt")), end=" ")
print(os.path.exists(os.path.join(os.path.dirname(__file__), "templates", "page.html")))
""")
write("app/large.py", "import big, os\nprint(os.path.exists(big.PATH) and os.path.getsize(big.PATH))\n")
