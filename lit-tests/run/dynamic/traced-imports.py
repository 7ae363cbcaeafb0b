# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Modules that are imported as source while tracing is on run as bytecode, with their generator expressions, even those that
# the IR runs at once.
import importlib
import os
import sys
import tempfile

TEXT = """
import sys
names = ' '.join('i%s' % n for n in 'a b c'.split())
total = sum(n * n for n in range(5))
most, some = max(len(n) for n in names.split()), any(n > 3 for n in range(5))
kept = [list(n for n in range(3)), tuple(n for n in 'ab'), {n: n for n in 'x'}, sorted(-n for n in range(3))]
set_trace, = (getattr(sys, n) for n in ['set' + 'trace'])
set_trace(None)
after = sum(n for n in range(4)), ','.join(n for n in 'xyz')
"""


def listen(frame, event, arg):
    return listen


with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "traced_module.py"), "w") as f:
        f.write(TEXT)
    sys.path.insert(0, folder)
    getattr(sys, "set" + "trace")(listen)
    module = importlib.import_module("traced_module")
    getattr(sys, "set" + "trace")(None)
print(module.names, module.total, module.most, module.some, module.kept, module.after)
