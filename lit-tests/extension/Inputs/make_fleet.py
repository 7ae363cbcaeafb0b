# A package of 91 modules, none of which its __init__ imports by name.
import pathlib, sys

folder = pathlib.Path(sys.argv[1])
(folder / "__init__.py").write_text('''
import importlib

def sail():
    print(sum(importlib.import_module(f"fleet.ship{n}").tons for n in range(90)))
    print(importlib.import_module("fleet.crew").hands)
''')
(folder / "crew" / "__init__.py").write_text("hands = 12\n")
for n in range(90):
    (folder / f"ship{n}.py").write_text(f"tons = {n} * 3\n")
