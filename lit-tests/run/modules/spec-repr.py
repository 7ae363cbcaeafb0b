# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a module's spec shows: folders by their str, the rest by their repr.
import json
from importlib.machinery import ModuleSpec


class Folders(list):
    def __str__(self):
        return "folders"


spec = type(json.__spec__)("a", None, origin="b")
spec.submodule_search_locations = Folders(["c"])
print(spec)
spec = ModuleSpec("a", None, is_package=True)
print(spec)
spec.submodule_search_locations = "c d"
print(spec)
