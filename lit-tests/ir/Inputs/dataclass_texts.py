"""Runs a file, and prints what its dataclasses give to exec, as the IR's text form writes it."""
import builtins
import dataclasses
import runpy
import sys

LEFT_OUT = ("__repr__", "__setattr__", "__delattr__")  # interpreted, as any other text


def told(text, *namespaces):
    if text.rsplit(None, 1)[1] not in LEFT_OUT:
        print('text "%s"' % text.replace('"', '\\"').replace("\n", "\\x0a"))
    builtins.exec(text, *namespaces)


dataclasses.exec = told
runpy.run_path(sys.argv[1])
