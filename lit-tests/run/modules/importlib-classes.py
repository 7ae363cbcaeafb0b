# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# Modules have specs and loaders of importlib's classes, whether they came before importlib or after; threads wait for a module.
import sys
import json
import threading
import importlib
import importlib.machinery
import importlib.util
import os
import tempfile
import csv

for module in json, csv:
    print(type(module.__spec__) is importlib.machinery.ModuleSpec, module.__spec__.name, module.__spec__.origin == module.__file__)
    print(isinstance(module.__loader__, importlib.machinery.SourceFileLoader), module.__spec__.loader is module.__loader__)
print(sys.meta_path[-3:])
print(repr(sys), sys.__spec__)
print(importlib.reload(csv) is csv, importlib.import_module("csv") is csv)
print(importlib.util.find_spec("json.nothing"), importlib.util.find_spec("nothing"))


def attempt(name):
    try:
        importlib.import_module(name)
    except ImportError as e:
        print(type(e).__name__, e, e.name)


attempt("nothing")
attempt("json.nothing")
attempt("json.decoder.nothing")
with tempfile.TemporaryDirectory() as folder:
    sys.path.insert(0, folder)
    with open(os.path.join(folder, "slow_module.py"), "w") as f:
        f.write("import time, sys\nsys.runs = getattr(sys, 'runs', 0) + 1\ntime.sleep(0.2)\nanswer = 42\n")
    with open(os.path.join(folder, "circle.py"), "w") as f:
        f.write("import circle\ncircle.late\n")
    os.mkdir(os.path.join(folder, "space"))
    with open(os.path.join(folder, "space", "inner.py"), "w") as f:
        f.write("name = __name__, __package__\n")
    answers = []

    def ask(how):
        module = importlib.import_module("slow_module") if how else __import__("slow_module")
        answers.append(module.answer)

    threads = [threading.Thread(target=ask, args=(i % 2,)) for i in range(6)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(answers, sys.runs)
    try:
        import circle
    except AttributeError as e:
        print(e)
    import space.inner
    print(space.inner.name, type(space.__loader__).__name__, space.__spec__.origin, len(space.__path__))
    spec = importlib.util.spec_from_file_location("by_place", os.path.join(folder, "space", "inner.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    print(module.name, module.__file__ == spec.origin, os.path.basename(spec.cached).startswith("inner."), type(spec.loader).__name__)
    sys.path.remove(folder)


class Finder:
    @staticmethod
    def find_spec(name, path, target=None):
        if name == "made_up":
            return importlib.machinery.ModuleSpec(name, Finder, origin="nowhere")

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        module.value = "made"


sys.meta_path.append(Finder)
import made_up

print(made_up, made_up.value)


# A backport of importlib.metadata takes a method away from the finder.
finder = importlib.machinery.PathFinder
print(finder in sys.meta_path, finder.__mro__, finder.find_spec.__qualname__, finder.find_spec.__module__)
print([n for n in ("find_spec", "find_distributions", "find_module", "invalidate_caches") if n in vars(finder)])
del finder.find_distributions
print(hasattr(finder, "find_distributions"), finder.find_spec("csv").name)
