// The functions of CPython's C interface that programs call through ctypes.pythonapi, for objects that are words here: what
// they take and return is what ctypes passes as py_object. Names that are not in the table are undefined symbols.
#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include "runtime/modules/cdata/capsule.h"
#include "runtime/modules/cdata/cdata.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/gil.h"
#include "runtime/threads/signals.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::cdata {
namespace {

// ---- objects -----------------------------------------------------------------------------------

void incRef(Value v) { xincref(v); }
void decRef(Value v) {
  if (v) decref(v);
}
Value objectStr(Value v) { return str(v); }
Value objectRepr(Value v) { return repr(v); }
Value objectType(Value v) { return newRef(asValue(typeOf(v))); }
int64_t objectLength(Value v) { return length(v); }
int64_t objectHash(Value v) { return hash(v); }
int objectIsTrue(Value v) { return isTrue(v); }
int callableCheck(Value v) { return v && isCallable(v); }
Value objectGetAttr(Value v, Value name) { return getAttr(v, name); }
Value objectGetAttrString(Value v, const char* name) { return getAttr(v, name); }
int objectSetAttr(Value v, Value name, Value to) { return setAttr(v, name, to); }
int objectSetAttrString(Value v, const char* name, Value to) { return setAttr(v, name, to); }
Value objectGetItem(Value v, Value key) { return getItem(v, key); }
int objectSetItem(Value v, Value key, Value to) { return setItem(v, key, to); }
Value objectCall(Value f, Value arguments, Value keywords) { return callTupleDict(f, arguments, keywords); }
Value objectCallObject(Value f, Value arguments) { return callTupleDict(f, arguments ? arguments : emptyTuple(), Value()); }

// ---- bytes, text, numbers ----------------------------------------------------------------------

Value bytesFromString(const char* s) { return newBytes(std::string_view(s)); }
Value bytesFromStringAndSize(const char* s, int64_t size) {
  if (size < 0) return raise(SystemErrorType, "Negative size passed to PyBytes_FromStringAndSize");
  return s ? newBytes(std::string_view(s, static_cast<size_t>(size))) : newBytes(std::string(static_cast<size_t>(size), '\0'));
}
const char* bytesAsString(Value v) {
  if (isBytes(v)) return reinterpret_cast<const char*>(v.as<BytesObject>()->data);
  raise(TypeErrorType, "expected bytes, %s found", typeOf(v)->name);
  return nullptr;
}
int64_t bytesSize(Value v) {
  if (isBytes(v)) return static_cast<int64_t>(bytesView(v).size());
  return raise(TypeErrorType, "expected bytes, %s found", typeOf(v)->name), -1;
}
Value unicodeFromStringAndSize(const char* s, int64_t size) {
  Ref bytes(bytesFromStringAndSize(s, size));
  return bytes ? callMethod(bytes, "decode") : Value();
}
Value unicodeFromString(const char* s) { return unicodeFromStringAndSize(s, static_cast<int64_t>(strlen(s))); }
Value unicodeAsUtf8String(Value v) { return callMethod(v, "encode"); }
int64_t unicodeLength(Value v) {
  if (isStr(v)) return asStr(v)->length;
  return raise(TypeErrorType, "bad argument type for built-in operation"), -1;
}
Value longFromLong(long n) { return newInt(n); }
Value longFromUnsigned(unsigned long n) { return newIntUnsigned(n); }
long longAsLong(Value v) {
  Ref number(index(v));
  if (!number) return -1;
  int overflow;
  const int64_t n = intToInt64(number, &overflow);
  if (overflow) return raise(OverflowErrorType, "Python int too large to convert to C long"), -1;
  return n;
}
unsigned long longAsUnsignedMask(Value v) {
  Ref number(index(v));
  return number ? intToUint64Mask(number) : ~0ul;
}
Value floatFromDouble(double d) { return newFloat(d); }
double floatAsDouble(Value v) { return toDouble(v); }

/// A view of memory that nobody keeps alive.
Value memoryViewFromMemory(uint8_t* address, int64_t size, int flags) {
  constexpr int kWrite = 0x200;
  Ref data(allocateOf(&dataType, 0));
  if (!data) return Value();
  asData(data)->address = address;
  asData(data)->size = size;
  Ref view(newMemoryView(data));
  return view && !(flags & kWrite) ? callMethod(view, "toreadonly") : view.release();
}

// ---- the interpreter ---------------------------------------------------------------------------

void errorSetString(Value type, const char* text) {
  Ref message(newStr(text));
  if (message) raiseObject(*type.as<krait::Type>(), message);
}
int errorCheckSignals() { return onMainThread() ? runSignalHandlers() : 0; }

/// Has the thread raise `exception` (null: takes that back) at its next poll: how many threads that is.
int setAsyncException(unsigned long ident, Value exception) {
  for (ThreadState* thread = firstThread(); thread; thread = thread->next) {
    if (thread->ident != ident) continue;
    assign(thread->asyncException, xnewRef(exception));
    (thread == currentThread() ? krt_hot.limit : thread->saved.limit) = 0;
    return 1;
  }
  return 0;
}
const char* version() {
  static std::string text;
  if (text.empty()) {
    Ref sys(importModule("sys")), value(sys ? getAttr(sys, "version") : Value());
    Utf8 shown(value);
    text = shown.ok() ? shown.data() : "";
  }
  return text.c_str();
}
int isInitialized() { return 1; }
int hasGil() { return 1; } // ctypes took it back before it calls
void releaseNothing(int) {}

struct Symbol {
  const char* name;
  void* address;
};
template <class F> void* at(F* function) { return reinterpret_cast<void*>(function); }

const Symbol* table(size_t* count) {
  static const Symbol symbols[] = { // sorted by name
      {"PyBytes_AsString", at(bytesAsString)},
      {"PyBytes_FromString", at(bytesFromString)},
      {"PyBytes_FromStringAndSize", at(bytesFromStringAndSize)},
      {"PyBytes_Size", at(bytesSize)},
      {"PyCallable_Check", at(callableCheck)},
      {"PyCapsule_GetContext", at(capsuleGetContext)},
      {"PyCapsule_GetDestructor", at(capsuleGetDestructor)},
      {"PyCapsule_GetName", at(capsuleGetName)},
      {"PyCapsule_GetPointer", at(capsuleGetPointer)},
      {"PyCapsule_IsValid", at(capsuleIsValid)},
      {"PyCapsule_New", at(capsuleNew)},
      {"PyCapsule_SetContext", at(capsuleSetContext)},
      {"PyCapsule_SetDestructor", at(capsuleSetDestructor)},
      {"PyCapsule_SetName", at(capsuleSetName)},
      {"PyCapsule_SetPointer", at(capsuleSetPointer)},
      {"PyErr_CheckSignals", at(errorCheckSignals)},
      {"PyErr_SetString", at(errorSetString)},
      {"PyFloat_AsDouble", at(floatAsDouble)},
      {"PyFloat_FromDouble", at(floatFromDouble)},
      {"PyGILState_Check", at(hasGil)},
      {"PyGILState_Ensure", at(hasGil)},
      {"PyGILState_Release", at(releaseNothing)},
      {"PyLong_AsLong", at(longAsLong)},
      {"PyLong_AsLongLong", at(longAsLong)},
      {"PyLong_AsSsize_t", at(longAsLong)},
      {"PyLong_AsUnsignedLongLongMask", at(longAsUnsignedMask)},
      {"PyLong_AsUnsignedLongMask", at(longAsUnsignedMask)},
      {"PyLong_FromLong", at(longFromLong)},
      {"PyLong_FromLongLong", at(longFromLong)},
      {"PyLong_FromSsize_t", at(longFromLong)},
      {"PyLong_FromUnsignedLong", at(longFromUnsigned)},
      {"PyLong_FromVoidPtr", at(longFromUnsigned)},
      {"PyMemoryView_FromMemory", at(memoryViewFromMemory)},
      {"PyOS_snprintf", at(snprintf)},
      {"PyOS_vsnprintf", at(vsnprintf)},
      {"PyObject_Call", at(objectCall)},
      {"PyObject_CallObject", at(objectCallObject)},
      {"PyObject_GetAttr", at(objectGetAttr)},
      {"PyObject_GetAttrString", at(objectGetAttrString)},
      {"PyObject_GetItem", at(objectGetItem)},
      {"PyObject_Hash", at(objectHash)},
      {"PyObject_IsTrue", at(objectIsTrue)},
      {"PyObject_Length", at(objectLength)},
      {"PyObject_Repr", at(objectRepr)},
      {"PyObject_SetAttr", at(objectSetAttr)},
      {"PyObject_SetAttrString", at(objectSetAttrString)},
      {"PyObject_SetItem", at(objectSetItem)},
      {"PyObject_Size", at(objectLength)},
      {"PyObject_Str", at(objectStr)},
      {"PyObject_Type", at(objectType)},
      {"PyThreadState_SetAsyncExc", at(setAsyncException)},
      {"PyUnicode_AsUTF8String", at(unicodeAsUtf8String)},
      {"PyUnicode_FromString", at(unicodeFromString)},
      {"PyUnicode_FromStringAndSize", at(unicodeFromStringAndSize)},
      {"PyUnicode_GetLength", at(unicodeLength)},
      {"Py_DecRef", at(decRef)},
      {"Py_GetVersion", at(version)},
      {"Py_IncRef", at(incRef)},
      {"Py_IsInitialized", at(isInitialized)},
  };
  *count = std::size(symbols);
  return symbols;
}

} // namespace

void* pythonFunction(const char* name) {
  size_t count;
  const Symbol* symbols = table(&count);
  const Symbol* found = std::lower_bound(symbols, symbols + count, name, [](const Symbol& s, const char* n) { return strcmp(s.name, n) < 0; });
  return found != symbols + count && !strcmp(found->name, name) ? found->address : nullptr;
}

} // namespace krait::cdata
