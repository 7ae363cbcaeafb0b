"""importlib takes over all imports: its modules run under the names by which CPython freezes them.

Modules that are compiled in are found by PathFinder and loaded by SourceFileLoader, as if they came from their files; those
that CPython carries frozen by FrozenImporter. They run within _call_with_frames_removed, by which the import statement knows what to
cut from tracebacks.
"""
import sys
import _krait_importlib as krait
import _frozen_importlib as bootstrap


def compiled_in():
    import importlib._bootstrap_external


del compiled_in  # that it is named here compiles in what it imports
name = "_frozen_importlib_external"
external = krait.load_as("_bootstrap_external", name)
external.__spec__ = bootstrap.ModuleSpec(name, bootstrap.FrozenImporter, origin="frozen")
external.__loader__ = bootstrap.FrozenImporter
external._set_bootstrap_module(bootstrap)
bootstrap._bootstrap_external = external


class FrozenImporter(bootstrap.FrozenImporter):
    """Finds and loads what CPython carries frozen: compiled in, from files that are known."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        file = krait.frozen_file(fullname)
        if file is None:
            return None
        state = type(sys.implementation)(filename=file, origname=fullname)
        return bootstrap.ModuleSpec(fullname, cls, origin=cls._ORIGIN, loader_state=state, is_package=False)

    @staticmethod
    def create_module(spec):
        module = krait.new_module(spec.name, spec.name) or bootstrap._new_module(spec.name)
        module.__file__ = krait.frozen_file(spec.name)
        return module

    @classmethod
    def exec_module(cls, module):
        name = module.__spec__.name
        if not bootstrap._call_with_frames_removed(krait.run_module, name, module):
            exec(cls.get_code(name), module.__dict__)

    @staticmethod
    def own_loader(fullname):
        file = krait.frozen_file(fullname)
        if file is None:
            raise ImportError(f"{fullname!r} is not a frozen module", name=fullname)
        return external.SourceFileLoader(fullname, file)

    @classmethod
    def get_code(cls, fullname):
        return cls.own_loader(fullname).get_code(fullname)

    @classmethod
    def get_source(cls, fullname):
        cls.own_loader(fullname)

    @classmethod
    def is_package(cls, fullname):
        cls.own_loader(fullname)
        return False

    @classmethod
    def load_module(cls, fullname):
        cls.own_loader(fullname)
        return bootstrap._load_module_shim(cls, fullname)


class CompiledBody:
    """Stands for a loader whose code is the body of a compiled module: importlib's own functions execute it, as tracebacks show."""

    def __init__(self, name, module):
        self.code = name, module

    def get_code(self, fullname):
        return self.code


external.exec = krait.exec


class SourceFileLoader(external.SourceFileLoader):
    """Loads what is compiled in, for which no file need be there, and files."""

    def is_compiled_in(self):
        return krait.file(self.name) == self.path

    def create_module(self, spec):
        return krait.new_module(self.name, self.name) if self.is_compiled_in() else None

    def exec_module(self, module):
        if self.is_compiled_in() and krait.can_run(self.name, module):
            external._LoaderBasics.exec_module(CompiledBody(self.name, module), module)
        else:
            super().exec_module(module)

    def get_code(self, fullname):
        if not self.is_compiled_in():
            return super().get_code(fullname)
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def source_to_code(self, data, path, **options):
        return super().source_to_code(data, krait.code_file(path), **options)

    def get_data(self, path):
        if path == self.path and self.is_compiled_in():
            data = krait.source(self.name)
            if data is not None:
                return data
        return super().get_data(path)


search_path = external.PathFinder.find_spec.__func__


def find_spec(cls, fullname, path=None, target=None):
    """Finds what is compiled in, and then what is on the path, or packages without a file of which modules are compiled in."""
    file = krait.file(fullname, path)
    if file is None:
        found = search_path(cls, fullname, path, target)
        if found is None and (folders := krait.folders(fullname, path)):
            found = bootstrap.ModuleSpec(fullname, None)
            found.submodule_search_locations = external._NamespacePath(fullname, folders, cls._get_spec)
        return found
    return external.spec_from_file_location(fullname, file, loader=external.SourceFileLoader(fullname, file))


class ModuleLockManager:
    """Holds the lock of a module that statements take, too."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        if not krait.lock(self.name):
            raise bootstrap._DeadlockError(f"deadlock detected by {self.name!r}")

    def __exit__(self, *args):
        krait.unlock(self.name)


def lock_unlock_module(name):
    if krait.lock(name):
        krait.unlock(name)


def find_and_load(name, gcd_import):
    try:
        return bootstrap._find_and_load(name, gcd_import)
    except bootstrap._DeadlockError:
        # Another thread imports it, which waits for a module of ours: as far as it is.
        if name in sys.modules:
            return sys.modules[name]
        raise


def loader_of(own):
    if own is krait.BuiltinImporter:
        return bootstrap.BuiltinImporter
    if own is krait.FrozenImporter:
        return FrozenImporter
    return external.SourceFileLoader(own.name, own.path) if type(own) is krait.Loader else own


def spec_of(own):
    spec = bootstrap.ModuleSpec(own.name, loader_of(own.loader), origin=own.origin, loader_state=own.loader_state)
    spec.submodule_search_locations = own.submodule_search_locations
    spec.has_location = own.has_location
    spec.cached = own.cached
    spec._initializing = own._initializing
    spec._uninitialized_submodules = own._uninitialized_submodules
    return spec


def adopt(module):
    """Gives a module that was imported before a spec and a loader of importlib's classes."""
    names = getattr(module, "__dict__", {})
    if type(names.get("__spec__")) is krait.ModuleSpec:
        module.__spec__ = spec_of(module.__spec__)
        module.__loader__ = module.__spec__.loader
        if module.__spec__.loader is None and module.__spec__.submodule_search_locations is not None:
            module.__loader__ = module.__spec__.loader = external.NamespaceLoader.__new__(external.NamespaceLoader)
            module.__loader__._path = module.__path__
    elif "__loader__" in names:
        module.__loader__ = loader_of(module.__loader__)


def replace(place, own, *others):
    if own in place:
        at = place.index(own)
        place[at:at + 1] = others


find_spec.__module__, find_spec.__qualname__ = name, search_path.__qualname__
external.PathFinder.find_spec = classmethod(find_spec)  # of the class itself: programs take methods of it away, which a derived one would inherit
SourceFileLoader.__module__ = name
FrozenImporter.__module__ = "_frozen_importlib"
bootstrap.FrozenImporter = FrozenImporter
for each, leaf, file in (bootstrap, "_bootstrap", None), (external, "_bootstrap_external", krait.file("importlib._bootstrap_external")):
    each.__spec__.loader = each.__loader__ = FrozenImporter
    each.__spec__.loader_state = type(sys.implementation)(filename=file, origname="importlib." + leaf)
external.SourceFileLoader = SourceFileLoader
bootstrap._ModuleLockManager = ModuleLockManager
bootstrap._lock_unlock_module = lock_unlock_module
for each in list(sys.modules.values()):
    adopt(each)
replace(sys.meta_path, krait.BuiltinImporter, bootstrap.BuiltinImporter)
replace(sys.meta_path, krait.FrozenImporter, FrozenImporter)
replace(sys.meta_path, krait.PathFinder, external.PathFinder)
replace(sys.path_hooks, krait.directory_hook, external.FileFinder.path_hook(*external._get_supported_file_loaders()))
sys.path_importer_cache.clear()
krait.take_over(find_and_load, bootstrap._gcd_import,
                tuple({f.__code__.co_filename for f in (find_and_load, bootstrap._find_and_load, external._path_join)}))
