# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Builtins that recurse over what is nested 50,000 deep: an error, never a crash.
import copy, json, marshal, pickle
from Inputs.nesting import makers, nest
for name in ('list', 'tuple', 'dict', 'sub', 'tsub', 'deque', 'exc', 'group', 'slice', 'od', 'ddict', 'partial', 'view', 'alias', 'frozen', 'map', 'chain', 'islice', 'filt', 'zip', 'acc', 'itemgetter', 'prop'):
    x, y = nest(makers[name], 20000), nest(makers[name], 20000)
    for f in (repr, str, hash, lambda v: v == y, lambda v: v < y, copy.deepcopy, pickle.dumps, json.dumps, marshal.dumps, lambda v: v in [y], bool, lambda v: next(iter(v)), lambda v: '%s' % (v,), lambda v: f'{v!r:>5}'[:0], ascii, lambda v: format(v)):
        if f is marshal.dumps and name == 'frozen': continue
        try: f(x); print(name, 'ok')
        except RecursionError: print(name, 'RecursionError')
        except Exception as e: print(name, type(e).__name__, str(e)[:60].split(' at 0x')[0])
    del x, y
class M(type):
    def __instancecheck__(c, o): return isinstance(o, c)
    def __subclasscheck__(c, o): return issubclass(o, c)
class A(metaclass=M): pass
for f in (lambda: isinstance(1, A), lambda: issubclass(int, A), lambda: isinstance(1, nest(lambda x: (x or int,), 50000)), lambda: issubclass(int, nest(lambda x: (x or str,), 50000)), lambda: sum([[]] * 3, nest(lambda x: [x], 100000)) and 1, lambda: json.loads('[' * 100000), lambda: json.loads('[' * 500 + ']' * 500) and 1, lambda: pickle.loads(b'(' * 100000 + b'.'), lambda: marshal.loads(b'(\x01\x00\x00\x00' * 100000), lambda: marshal.loads(b'[\x01\x00\x00\x00' * 3000 + b'N') and 1, lambda: '{' * 1000 + ''.format(), lambda: ('{:' * 10 + '}' * 10).format(*range(20)), lambda: '%' + '(' * 1000 % {}):
    try: print(f())
    except BaseException as e: print(type(e).__name__, str(e)[:70])
