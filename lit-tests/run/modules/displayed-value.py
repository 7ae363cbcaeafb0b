# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# sys.displayhook leaves what it shows in builtins._, where every way to it finds it.
import builtins
import sys

sys.displayhook(42)
print('_' in vars(builtins), vars(builtins)['_'], hasattr(builtins, '_'), builtins._, _)
builtins._ = 5
print(_, vars(builtins)['_'])
sys.displayhook(None)
sys.__displayhook__('text')
print(_, list(vars(builtins)).count('_'))
del builtins._
try: _
except NameError as e: print(e)
