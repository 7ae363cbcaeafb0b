// CPython's declarations, and its functions as the loaded library has them: `py.PyObject_Call(…)`. Data is
// reached by pointer: `py.PyLong_Type` is the address of the type.
//
// Macros and inline functions of the headers may be used where they only read fields. Py_DECREF and its
// kin call into the library, so counts are kept with the functions below.
#pragma once
#define PY_SSIZE_T_CLEAN
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <Python.h>
#include <frameobject.h>
#include <structmember.h>
#pragma clang diagnostic pop
#include <utility>

namespace krait::guest {

struct Library {
#define FUNCTION(name) decltype(&::name) name;
#define DATA(name) decltype(&::name) name;
#include "runtime/guest/functions.def"
};
/// Filled by load(); all null before.
extern Library py;

inline PyObject* share(PyObject* o) {
  ++o->ob_refcnt;
  return o;
}
/// May run the guest's code.
inline void release(PyObject* o) {
  if (--o->ob_refcnt == 0) py._Py_Dealloc(o);
}
inline void xrelease(PyObject* o) {
  if (o) release(o);
}

/// Owns a reference of the guest, or null.
class Held {
public:
  Held() = default;
  explicit Held(PyObject* owned) : object_(owned) {}
  Held(Held&& other) noexcept : object_(other.take()) {}
  Held& operator=(Held&& other) noexcept {
    PyObject* old = std::exchange(object_, other.take());
    xrelease(old);
    return *this;
  }
  ~Held() { xrelease(object_); }
  explicit operator bool() const { return object_; }
  operator PyObject*() const { return object_; }
  PyObject* get() const { return object_; }
  [[nodiscard]] PyObject* take() { return std::exchange(object_, nullptr); }

private:
  PyObject* object_ = nullptr;
};

inline PyObject* guestNone() { return py._Py_NoneStruct; }
inline bool isGuestType(PyObject* o) { return PyType_HasFeature(Py_TYPE(o), Py_TPFLAGS_TYPE_SUBCLASS); }
inline PyTypeObject* asGuestType(PyObject* o) { return reinterpret_cast<PyTypeObject*>(o); }
inline PyObject* asGuest(PyTypeObject* t) { return reinterpret_cast<PyObject*>(t); }

} // namespace krait::guest
