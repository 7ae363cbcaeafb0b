# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Modules that are imported, and bytes that compile() is given, have to be UTF-8 where there are tokens; a comment may hold anything. A script
# is text from its first byte to its last.
import importlib
import os
import subprocess
import sys
import tempfile

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
sys.dont_write_bytecode = True


def error(e):
    return (type(e).__name__, e.msg.replace(folder, ""), e.filename.rpartition("/")[2], e.lineno, e.offset, e.end_lineno, e.end_offset, e.text)


for number, source in enumerate([
        b"# caf\xe9\nx = 1\n", b"x = 5 # \xff\xfe", b'"""doc \xe9"""\nx = 1\n', b"x\xe9 = 1\n", b'x = b"\xe9"\n', b'x = 1\n\n\nif 1:\n  y = "\xe9abc"\n',
        b'x = f"{1}\xe9"\n', b'x = r"\xe9"\n', b"x = 1 \xe9\n", b'x = """a\n\xff b"""\n']):
    name = f"m{number}"
    with open(f"{folder}/{name}.py", "wb") as f:
        f.write(source)
    importlib.invalidate_caches()
    try:
        print(name, importlib.import_module(name).x)
    except SyntaxError as e:
        print(name, error(e))
for source in (b"x = 'a\xe9b'", b"\xe9 = 1", b"x = 1 + \xe9", b"'''\n\xe9'''", b"\xef\xbb\xbf# \xe9\n", b"# coding: utf-8\n# \xe9\nx=1", b"# coding: ascii\nx = '\xe9'",
               b"# coding: latin-1\nx = '\xe9'", b"x = u'\xff'", b"a \xe9 = 5", b"x = '\\\xe9'", b"x = ('\xe9' 'a')", b"def f():\n  '\xe9'\n", b"'\xed\xa0\x80'", b"x = '\xf5'",
               b"x.\xe9", b"import \xe9", b"x = '\xe2\x82'", b"x = '\xe2\x82a'", b"x = '\xf0\x9f\x98'", b"x = '\xe0\x80\x80'", b"x = '\xf4\x90\x80\x80'"):
    try:
        compile(source, "made.py", "exec")
        print(source, "is compiled")
    except SyntaxError as e:
        print(source, error(e))
done = subprocess.run([sys.executable, f"{folder}/m0.py"], capture_output=True, text=True)
print(done.returncode, done.stderr.replace(folder, ""))
for name in os.listdir(folder):
    os.remove(f"{folder}/{name}")
os.rmdir(folder)
