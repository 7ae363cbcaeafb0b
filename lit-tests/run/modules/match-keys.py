# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Groups of a match by keys of any class: numbers, names, what has an __index__, and what cannot be hashed or compared.
import re
m = re.match('(a)(?P<n>b)', 'ab')
m0 = re.match('(a)', 'ab')
class I:
    def __init__(s, v): s.v = v
    def __index__(s): return s.v
class Bad:
    def __index__(s): raise ZeroDivisionError
class BadH:
    def __hash__(s): raise ZeroDivisionError
class BadE:
    def __hash__(s): return hash('n')
    def __eq__(s, o): raise KeyError('eq')
class IB(int): pass
class S(str): pass
for m in (m, m0):
  for k in (0, 1, 2, 3, -1, 'n', 'x', I(1), I(5), I(2**70), 2**70, -2**70, True, None, 1.5, b'n', IB(1), (1,), [], Bad(), BadH(), BadE(), S('n'), slice(1), I(-2)):
    for n, f in (('[]', m.__getitem__), ('group', m.group), ('start', m.start), ('end', m.end), ('span', m.span), ('group2', lambda k: m.group(k, 0)), ('sub', lambda k: m[k])):
        try: print(n, f(k))
        except Exception as e: print(n, type(k).__name__, type(e).__name__, e)
