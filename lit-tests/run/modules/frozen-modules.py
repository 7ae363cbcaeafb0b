# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Modules that CPython carries frozen say so, before importlib is there and after; they can be asked for, run again and reloaded.
import abc, codecs, os, genericpath, io, posixpath, stat, sys, _collections_abc


def show(module):
    spec = module.__spec__
    print(module, spec.name, spec.origin, spec.has_location, spec.cached, spec.parent, spec.loader_state.origname, spec.loader_state.filename == module.__file__,
          os.path.basename(module.__file__), hasattr(module, '__cached__'), module.__loader__ is spec.loader, spec.loader)


for module in abc, codecs, genericpath, io, os, posixpath, stat, _collections_abc: show(module)
names = [getattr(f, '__name__', '') for f in sys.meta_path]
print(names[-3:])
loader = os.__loader__
print(loader.get_source('os'), loader.is_package('os'), loader.find_spec('abc'), loader.find_spec('json'), loader.load_module('os') is os)
for ask in loader.get_source, loader.is_package:
    try: ask('json')
    except ImportError as e: print(e, e.name)

import importlib, importlib.util, inspect, runpy, types, zipimport

names = [getattr(f, '__name__', '') for f in sys.meta_path]
print(names[-3:], importlib.machinery.FrozenImporter is os.__loader__)
for module in os, importlib.util, runpy, zipimport: show(module)
print(importlib, importlib._bootstrap, importlib._bootstrap.__spec__, importlib._bootstrap_external)
print(importlib.reload(stat) is stat, inspect.getsource(os)[:4], inspect.getmodule(os.walk))
for name in 'stat', 'abc':
    spec = importlib.util.find_spec(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    print(module, module is sys.modules[name], len(vars(module)) > 10)
print(os.__loader__.get_code('os').co_filename, os.__loader__.get_source('os'))
try: os.__loader__.is_package('json')
except ImportError as e: print(e, e.name)
del sys.modules['genericpath']
import genericpath
show(genericpath)
values = runpy.run_module('stat', run_name='again')
print(values['__name__'], values['__file__'], values['__loader__'], values['__cached__'])
import _io
print(_io.__name__, _io)
