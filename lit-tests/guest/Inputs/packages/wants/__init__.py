import sys

try:
    IS_SETUP
except NameError:
    IS_SETUP = False

if IS_SETUP:
    sys.stderr.write("being set up\n")
else:
    from . import part
    from .part import *

where = sys.implementation.name
