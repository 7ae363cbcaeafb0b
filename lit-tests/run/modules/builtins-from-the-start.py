# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# The module of the builtins is there before anybody imports it.
print(__builtins__, __builtins__.__spec__, __builtins__.__package__ == '', __builtins__.__name__)
import sys
module = sys.modules['builtins']
print(module is __builtins__, module.__loader__, bool(module.__doc__), list(sys.modules)[:2])
module.added = 5
print(added)
import builtins
print(builtins is module, builtins.added, builtins)
