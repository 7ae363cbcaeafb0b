"""The library whose functions ctypes' tests call. It is an extension module of CPython's, of which a program without
CPython opens only the functions that are plain C; what else it refers to is defined by the library that conformance.py makes."""
import ctypes
import os
import sysconfig

_interpreter = ctypes.CDLL(os.environ["CONFORMANCE_SYMBOLS"], mode=ctypes.RTLD_GLOBAL)
__file__ = f"/usr/lib/python3.11/lib-dynload/_ctypes_test.cpython-311-{sysconfig.get_config_var('MULTIARCH')}.so"
