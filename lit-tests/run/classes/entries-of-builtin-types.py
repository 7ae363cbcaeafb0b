# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What builtin types have in their own dicts decides whose method a class with several bases finds first.
class Mixed(Exception):
    def __new__(cls, *a):
        print('Mixed.__new__', a)
        return super().__new__(cls, *a)
    def __init__(self, *a):
        print('Mixed.__init__')
        super().__init__(*a)
for base in (ValueError, KeyError, OSError, SystemExit, UnicodeError, ImportError, StopIteration, ExceptionGroup):
    made = type('Both', (base, Mixed), {})('text', [ValueError(1)]) if base is ExceptionGroup else type('Both', (base, Mixed), {})(1, 'x')
    print(base.__name__, made.args, type(made).__init__ is Mixed.__init__, type(made).__new__ is Mixed.__new__)
class Hooks:
    def __getattribute__(self, name): print('get', name, end=' '); return super().__getattribute__(name)
    def __setattr__(self, name, v): print('set', name, end=' '); super().__setattr__(name, v)
    def __delattr__(self, name): print('del', name, end=' '); super().__delattr__(name)
    def __str__(self): return 'Hooks.__str__'
import array, collections, types
for base, args in ((int, (1,)), (float, (1.5,)), (str, ('a',)), (bytes, (b'a',)), (list, ([1],)), (dict, ()), (tuple, ((1,),)), (set, ()), (frozenset, ()),
                   (complex, (1,)), (bytearray, ()), (ValueError, (1,)), (AttributeError, ('a',)), (NameError, ('a',)), (object, ()), (property, ()),
                   (staticmethod, (len,)), (collections.deque, ()), (collections.OrderedDict, ()), (types.SimpleNamespace, ()), (types.ModuleType, ('m',)),
                   (enumerate, ([],)), (map, (len, [])), (filter, (len, [])), (zip, ()), (array.array, ('i',))):
    if base is object: continue
    o = type('C', (base, Hooks), {})(*args)
    o.word = 1
    print(base.__name__, o.word, str(o)[:12], end=' ')
    del o.word
    print()
class Late(dict):
    def __getattr__(self, name): return name.upper()
print(Late().missing, Late(a=1).keys(), hasattr(Late(), 'x'))
for t in (int, bool, str, dict, list, tuple, set, float, complex, range, slice, property, type, object, BaseException, Exception, KeyError, NameError, OSError,
          ZeroDivisionError, UnboundLocalError, type(iter([])), type(iter({})), type((lambda: 0).__code__), type(len), types.FunctionType, types.MethodType):
    print(t.__name__, [n for n in ('__getattribute__', '__setattr__', '__delattr__', '__init__', '__new__', '__str__') if n in vars(t)])
print(int.__getattribute__(3, 'real'), int.__getattribute__ is object.__getattribute__, ValueError.__init__.__objclass__, dict.__getattribute__.__qualname__)
