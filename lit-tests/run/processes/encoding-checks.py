# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# -X warn_default_encoding tells where the locale's encoding is taken; -X dev looks at names of codecs and handlers that nobody uses.
import subprocess
import sys

TELLS = """
import io, os, pathlib, sys
name = os.devnull
with open(name) as f, open(name, encoding="locale"), open(name, "rb"), open(name, encoding="utf-8"):
    pass
pathlib.Path(name).read_text()
io.TextIOWrapper(io.BytesIO(b""))
def chooses(encoding=None):
    return io.text_encoding(encoding)
print(chooses() in ("locale", "utf-8"), chooses("latin-1"), sys.flags.warn_default_encoding)
"""
CHECKS = """
import io, os, sys
attempts = (
    lambda: b"".decode("nonsense"), lambda: b"x".decode("utf-8", "nonsense"), lambda: b"x".decode("ascii", "ignore"),
    lambda: "".encode("nonsense"), lambda: "x".encode("latin-1", "nonsense"), lambda: str(b"", "nonsense"), lambda: str(b"x", "utf-8", "nonsense"),
    lambda: bytes("", "utf-8", "nonsense"), lambda: bytearray("x", "nonsense"), lambda: open(os.devnull, errors="nonsense").close(),
    lambda: open(os.devnull, encoding="nonsense").close(), lambda: io.TextIOWrapper(io.BytesIO(), errors="nonsense").errors,
)
for attempt in attempts:
    try:
        print(attempt())
    except LookupError as e:
        print(e)
"""
for options, code in (["-X", "warn_default_encoding"], TELLS), (["-X", "warn_default_encoding", "-W", "error"], "open('/dev/null')"), (["-X", "dev"], CHECKS), ([], CHECKS):
    done = subprocess.run([sys.executable, *options, "-c", code], capture_output=True, text=True)
    print(options, done.returncode)
    print(done.stdout, done.stderr, sep="")
