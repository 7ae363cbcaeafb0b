# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Code objects survive marshal and .pyc files; archives and directories have importers; hooks of the program are asked.
import importlib.util
import marshal
import os
import pkgutil
import py_compile
import sys
import tempfile
import zipfile


def outer(n):
    def inner(a, *, b=2):
        """inner's"""
        return a * n + b
    return inner


code = marshal.loads(marshal.dumps(outer.__code__))
print(code.co_name, code.co_varnames, code.co_cellvars, code.co_firstlineno == outer.__code__.co_firstlineno)
print(type(outer)(code, globals())(10)(4))
print(eval(marshal.loads(marshal.dumps(compile("6 * 7", "<text>", "eval")))))

with tempfile.TemporaryDirectory() as folder:
    source = os.path.join(folder, "piece.py")
    with open(source, "w") as f:
        f.write("value = [n * n for n in range(4)]\n")
    for mode in py_compile.PycInvalidationMode:
        made = py_compile.compile(source, os.path.join(folder, mode.name + ".pyc"), invalidation_mode=mode)
        spec = importlib.util.spec_from_file_location("piece_" + mode.name, made)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        print(mode.name, module.value)
    print([m.name for m in pkgutil.iter_modules([folder])])

    archive = os.path.join(folder, "bundle.zip")
    with zipfile.ZipFile(archive, "w") as z:
        z.writestr("bundled/__init__.py", "from . import part\n")
        z.writestr("bundled/part.py", "name = __name__\n")
    sys.path.insert(0, archive)
    bundled = __import__("bundled")
    print(bundled.part.name, type(bundled.__loader__).__name__, os.path.relpath(bundled.__file__, folder))


class Importer:
    def find_spec(self, name, target=None):
        return importlib.util.spec_from_loader(name, self) if name == "invented" else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.answer = 42


def hook(entry):
    if entry != "nowhere:":
        raise ImportError
    return Importer()


sys.path_hooks.append(hook)
sys.path.append("nowhere:")
print(importlib.import_module("invented").answer, type(sys.path_importer_cache["nowhere:"]).__name__)

# An empty module has code like any other.
import marshal
empty = marshal.loads(marshal.dumps(compile("", "empty.py", "exec")))
print(empty.co_filename, exec(empty))
