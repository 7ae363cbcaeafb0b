# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# The name math bound to other things than the module, in a loop over numbers that was made for the module.
class Fake:
    def sqrt(self, x): return -x
    def atan2(self, x, y): return x - y
    def floor(self, x): return 7
import math
def f(n):
    t = 0.0
    for i in range(n):
        t += math.sqrt(i * 0.5) + math.atan2(i * 0.5, 2.0) + math.floor(i * 0.5)
    return t
print(f(5))
math = Fake()
print(f(5))
math = 5
try: print(f(5))
except AttributeError as e: print(e)
import types
math = types.ModuleType("math")
try: print(f(5))
except AttributeError as e: print(e)
