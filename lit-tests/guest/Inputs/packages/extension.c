// A small extension module: a function, a class with fields, and errors.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject* twice(PyObject* self, PyObject* o) { return PyNumber_Add(o, o); }
static PyObject* callWith(PyObject* self, PyObject* args) {
  PyObject *f, *values;
  if (!PyArg_ParseTuple(args, "OO!", &f, &PyTuple_Type, &values)) return NULL;
  return PyObject_CallObject(f, values);
}
/// Changes the fields of an exact list, dict and set.
static PyObject* change(PyObject* self, PyObject* o) {
  if (PyList_CheckExact(o)) {
    if (PyList_Append(o, o) < 0 || PyList_SetSlice(o, 0, 1, NULL) < 0) return NULL;
  } else if (PyDict_CheckExact(o)) {
    if (PyDict_SetItemString(o, "added", Py_True) < 0) return NULL;
  } else if (PyAnySet_Check(o)) {
    if (PySet_Add(o, Py_None) < 0) return NULL;
  } else {
    return PyErr_Format(PyExc_TypeError, "no container: %R (%s)", o, Py_TYPE(o)->tp_name);
  }
  Py_RETURN_NONE;
}
static PyObject* kept;
static PyObject* keep(PyObject* self, PyObject* o) {
  Py_INCREF(o);
  Py_XSETREF(kept, o);
  Py_RETURN_NONE;
}
static PyObject* give(PyObject* self, PyObject* unused) { return kept ? Py_NewRef(kept) : PyErr_Format(PyExc_LookupError, "nothing kept"); }
static PyObject* noResult(PyObject* self, PyObject* unused) { return NULL; }
static PyObject* describe(PyObject* self, PyObject* o) {
  return PyUnicode_FromFormat("%s %R %S", Py_TYPE(o)->tp_name, o, o);
}
/// inspect.signature(o) as text.
static PyObject* signature(PyObject* self, PyObject* o) {
  PyObject* inspect = PyImport_ImportModule("inspect");
  PyObject* found = inspect ? PyObject_CallMethod(inspect, "signature", "O", o) : NULL;
  PyObject* text = found ? PyObject_Str(found) : NULL;
  Py_XDECREF(inspect);
  Py_XDECREF(found);
  return text;
}
static PyMethodDef methods[] = {{"twice", twice, METH_O, "o + o"},       {"call_with", callWith, METH_VARARGS, NULL},
                                {"change", change, METH_O, NULL},        {"keep", keep, METH_O, NULL},
                                {"give", give, METH_NOARGS, NULL},       {"no_result", noResult, METH_NOARGS, NULL},
                                {"describe", describe, METH_O, NULL},    {"signature", signature, METH_O, NULL},
                                {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "extension", "A module in C.", -1, methods};
PyMODINIT_FUNC PyInit_extension(void) { return PyModule_Create(&definition); }
