import importlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, text):
    with open(os.path.join(HERE, name + ".py"), "w") as f:
        f.write(text)
    importlib.invalidate_caches()


write("made", "x = 'first'\n")
import made

print(made.x)
write("made", "x = 'second, longer'.partition(',')[0]\n")
importlib.reload(made)
print(made.x)
for n in range(2):
    write("plug", f"value = {n}\n" + "#" * n)
    sys.modules.pop("plug", None)
    print(importlib.import_module("plug").value)
del sys.modules["made"]
write("made", "x = 'third'  # of another length\n")
print(__import__("made").x)
