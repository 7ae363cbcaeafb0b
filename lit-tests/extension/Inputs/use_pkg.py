import pkg, pkg.late, sys
from pkg import a, deep
import pkg.deep.inner as inner
print(pkg.VALUE, pkg.a is a, inner.two, inner.js({"a": [1, None]}), pkg.late.late, pkg.late.argv == sys.argv)
try: a.boom()
except a.E1 as e: print(repr(e), type(e).__mro__, isinstance(e, Exception))
print(pkg.__name__, pkg.__path__ != None, pkg.late.__package__, inner.__name__)
try: pkg.nothing
except AttributeError as e: print(e)
try: import pkg.none
except ImportError as e: print(e)
