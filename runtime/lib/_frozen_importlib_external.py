"""importlib._bootstrap_external under the name by which CPython freezes it: importlib and zipimport ask for it."""
import _krait_importlib_bootstrap
