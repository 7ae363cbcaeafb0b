import os
import sys
import warnings
import needs.warned

print("start", flush=True)
for again in range(2):
    needs.warned.inner()
    needs.warned.outer()
sys.stderr.flush()
with warnings.catch_warnings(record=True) as caught:
    warnings.filterwarnings("always", category=UserWarning, module=r"needs\.warned$")
    needs.warned.inner()
for w in caught:
    print("needs.warned", w.lineno, os.path.basename(w.filename))
warnings.filterwarnings("error", category=UserWarning, module="needs")
try:
    needs.warned.inner()
except UserWarning as e:
    print("UserWarning", e)
print("end")
