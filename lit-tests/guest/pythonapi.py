# RUN: krait run %s | diff %s.out -
# ctypes.pythonapi means the program's own functions, and not those of the library that is loaded for a guest.
import ctypes
import numpy

api = ctypes.pythonapi
api.PyUnicode_FromString.restype = ctypes.py_object
print(api.PyUnicode_FromString(b"text") + "!", hasattr(api, "PyNoSuch"))
api.PyObject_Length.argtypes = [ctypes.py_object]
print(api.PyObject_Length([1, 2, 3]), api.PyObject_Length(numpy.zeros(4)))
api.PyCapsule_New.restype = ctypes.py_object
api.PyCapsule_New.argtypes = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p
name = ctypes.create_string_buffer(b"name")
capsule = api.PyCapsule_New(5, name, None)
print(type(capsule), isinstance(capsule, int))
