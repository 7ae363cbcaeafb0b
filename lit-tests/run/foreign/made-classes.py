# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# Classes that ctypes makes belong to the module that asked for them.
from ctypes import *
import ctypes
print(POINTER(c_int), c_int*3, ctypes.POINTER(c_char), type(pointer(c_int(3))), POINTER("x"))
def f():
    return (c_short * 7)
print(f(), c_char_p, Structure, Array, CFUNCTYPE(None))
class S(Structure):
    _fields_=[("a", c_int)]
