# RUN: krait run %s | diff %s.out -
# No module has a name with surrogates, whoever looks for it.
import importlib

for name in ("\ud800", "\udc80", "a.\ud800", "os.\ud800"):
    for look in (__import__, importlib.import_module):
        try:
            look(name)
        except ImportError as error:
            print(type(error).__name__, ascii(str(error)), ascii(error.name))
