"""What a wheel that was unpacked to a folder says of itself, read by CPython."""
import base64
import csv
import hashlib
import importlib.metadata
import pathlib
import sys

tree = pathlib.Path(sys.argv[1])
files = sorted(str(p.relative_to(tree)) for p in tree.rglob("*") if p.is_file())
print(*files, sep="\n")
(found,) = importlib.metadata.distributions(path=[str(tree)])
for field, text in found.metadata.items():
    if field != "Description":  # which is the payload, again
        print(f"{field}: {text}")
print(found.metadata.get_payload().strip())
wheel = dict(line.split(": ") for line in found.read_text("WHEEL").splitlines())
print(wheel["Root-Is-Purelib"], wheel["Tag"])
for point in sorted(found.entry_points):
    print(point.group, point.name, point.value)

recorded = []
for name, digest, size in csv.reader(found.read_text("RECORD").splitlines()):
    recorded.append(name)
    if name.endswith("/RECORD"):
        continue
    content = (tree / name).read_bytes()
    assert int(size) == len(content), name
    own = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    assert digest == f"sha256={own}", name
assert sorted(recorded) == files
print("all files are recorded")
