"""importlib._bootstrap under the name by which CPython freezes it: importlib and zipimport ask for it first."""
import sys
import _imp
import _krait_importlib


def compiled_in():
    import importlib._bootstrap


del compiled_in  # that it is named here compiles in what it imports
module = _krait_importlib.load_as("_bootstrap", __name__)
module._setup(sys, _imp)
module.__spec__ = module.ModuleSpec(__name__, module.FrozenImporter, origin="frozen")
module.__loader__ = module.FrozenImporter
