"""gdb reads this with every program that is built with `krait build -g`; docs/debugging.md tells what it gives.

By hand: (gdb) source PREFIX/share/gdb/auto-load/krait/krait.py
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
try:
    from krait_gdb import commands, unwinding, values
finally:
    del sys.path[0]

unwinding.register()
values.register()
commands.register()
