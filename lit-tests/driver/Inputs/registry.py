"""Makes a package of 70 modules that are imported by names in a list."""
import os
import sys

package = sys.argv[1]
os.makedirs(package + "/items")
names = [f"store.items.m{n}" for n in range(70)]
with open(package + "/__init__.py", "w") as f:
    f.write(f"from importlib import import_module\nNAMES = {names}\ndef load(n): return import_module(NAMES[n])\n")
open(package + "/items/__init__.py", "w").close()
for n in range(70):
    with open(f"{package}/items/m{n}.py", "w") as f:
        f.write(f"from store import shared\nimport textwrap\nclass C:\n  'text of m{n}'\n  def get(self): return shared.base + {n}\n")
