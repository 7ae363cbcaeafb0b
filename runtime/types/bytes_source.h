// What bytes(…) makes of its arguments; bytearray(…) starts the same way.
#pragma once
#include "runtime/types/bytes.h"

namespace krait {

/// An exact bytes object with the content that type(source, encoding, errors) asks for; null arguments were omitted.
/// `name` is the type's, for messages. May run code.
Value bytesFromArguments(const char* name, Value source, Value encoding, Value errors);
/// Whether bytes(source) is so many zeros: 1, 0, or -1 with an exception. May run code.
int32_t countOfZeros(Value source, int64_t* n);
/// bytes(source) for a source that is no count: by __bytes__, or as bytesFromObject (PyObject_Bytes). May run code.
Value objectAsBytes(Value source);
/// bytes of any bytes-like object or iterable of ints (PyBytes_FromObject).
Value bytesFromObject(Value source, const char* name);

} // namespace krait
