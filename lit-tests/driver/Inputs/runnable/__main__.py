import sys

from .part import name

print(name, __name__, __package__, __spec__.name, sys.modules["__main__"].__spec__ is __spec__)
