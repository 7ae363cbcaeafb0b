# python3-pyflakes: checking source for mistakes.
from pyflakes import api, reporter
import sys
r = reporter.Reporter(sys.stdout, sys.stdout)
print(api.check('''import os, sys
from x import *
def f(a, a2):
    b = 1
    return undefined
class A:
    def m(self): pass
    def m(self): pass
try: pass
except: pass
except E: pass
"%s %s" % (1,)
f"no placeholders"
x is "a"
def g(): yield; return 3
''', 'prog.py', r))
for m in ['heapq','argparse','typing','dataclasses','enum','asyncio/tasks','json/decoder']:
    print(m, api.checkPath('/usr/lib/python3.11/%s.py' % m, r))
