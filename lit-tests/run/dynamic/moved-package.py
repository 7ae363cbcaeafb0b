# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is compiled in answers for a module only where its package's __path__ says that modules are: by both finders.
import os
import sys
import tempfile
import types
import email
import email.charset
import json

with tempfile.TemporaryDirectory() as folder:
    for name in "iterators", "charset":
        with open(os.path.join(folder, name + ".py"), "w") as f:
            f.write("elsewhere = __name__\n")
    home, email.__path__ = email.__path__, [folder]
    import email.iterators
    print(email.iterators.elsewhere, email.iterators.__file__ == os.path.join(folder, "iterators.py"))

    import importlib.util
    del sys.modules["email.charset"]
    import email.charset
    print(email.charset.elsewhere, importlib.util.find_spec("email.nothing"))
    email.__path__ = [os.path.join(folder, "nowhere")]
    print(importlib.util.find_spec("email.generator"))
    email.__path__ = home
    print(os.path.basename(importlib.util.find_spec("email.generator").origin))

sys.modules["json"] = empty = types.ModuleType("json")
empty.__path__ = []
try:
    import json.tool
except ImportError as e:
    print(type(e).__name__, e)
