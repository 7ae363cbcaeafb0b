# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A library module that is imported again while tracing is on runs as bytecode, and so do the generator expressions in it that
# the IR runs at once.
import importlib.util
import sys
import unittest.mock


def listen(frame, event, arg):
    return listen


del sys.modules["unittest.mock"]
getattr(sys, "set" + "trace")(listen)
from unittest.mock import Mock
getattr(sys, "set" + "trace")(None)
print(Mock().some(1) is not None, sys.modules["unittest.mock"].inplace)
