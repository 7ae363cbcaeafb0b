# RUN: krait-interp %s | diff %s.out -
# The __path__ of a namespace package follows the path of its parent.
import importlib
import importlib.util
import os
import sys
import tempfile

with tempfile.TemporaryDirectory() as here:
    for name in ("a/pack/one", "b/pack/two", "a/pack/sub/three", "b/pack/sub/four"):
        os.makedirs(os.path.dirname(f"{here}/{name}"), exist_ok=True)
        with open(f"{here}/{name}.py", "w") as f:
            f.write(f"NAME = {name!r}\n")

    def short(path):
        return [p.replace(here, "") for p in path]

    sys.path.append(here + "/a")
    spec = importlib.util.find_spec("pack")
    print(spec.loader, spec.parent, spec.has_location, short(spec.submodule_search_locations))
    import pack
    import pack.sub
    from pack import one

    path = pack.__path__
    print(type(path), repr(path).replace(here, ""), one.NAME)
    print(path is pack.__spec__.submodule_search_locations)
    try:
        import pack.two
    except ModuleNotFoundError as e:
        print(e)
    sys.path.append(here + "/b")
    print(importlib.import_module("pack.two").NAME, importlib.import_module("pack.sub.four").NAME)
    print(short(path), len(path), short(pack.sub.__path__), path[-1] in path, "" in path)
    path.append("x")
    path[0] = "y"
    print(short(path[:3]))
    importlib.invalidate_caches()
    print(short(path))
    try:
        del path[0]
    except AttributeError as e:
        print(e)
    del sys.modules["pack"]
    try:
        list(sys.modules["pack.sub"].__path__)
    except KeyError as e:
        print("KeyError", e)
    sys.modules["pack"] = pack
    print(importlib.import_module("pack.sub.three").NAME)
