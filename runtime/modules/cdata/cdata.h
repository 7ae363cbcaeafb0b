// _cdata: raw memory, foreign functions and callbacks. The classes of ctypes are
// built on it in Python (runtime/lib/_ctypes/); this is what only native code can
// do. Addresses are ints; nothing checks what they point to.
#pragma once
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait::cdata {

/// A piece of C memory: the base of every class of C data.
struct DataObject {
  Object header;
  uint8_t* address;
  int64_t size;
  Value base;      // the object whose memory this is a part of, or null
  Value objects;   // what the memory refers to and is kept alive for: a dict, an object or null
  int64_t index;   // of this part in `base`
  int64_t exports; // buffers handed out
  Value weakrefs;
  bool owns;       // `address` was allocated for this object
};
inline DataObject* asData(Value v) { return v.as<DataObject>(); }

extern krait::Type dataType, ffiTypeType, closureType, heldBufferType;

/// An address argument. False with an error.
bool addressArgument(Value v, uint8_t** out);

/// The function of that name of CPython's C interface; null if there is none here.
void* pythonFunction(const char* name);

extern const MethodDef memoryMethods[], callMethods[];

} // namespace krait::cdata
