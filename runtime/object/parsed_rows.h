// Rows of builtin functions that CPython hands a tuple, and a dict, which they parse: what they say of a wrong number of arguments, and
// their callers of keywords, is worded otherwise, with the function's bare name.
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// Of Bound and OneArg rows, together what they do not mean apart.
constexpr uint8_t kMethodParsed = kMethodNameless | kMethodPositional;
inline bool isParsed(const MethodDef* def) { return (def->flags & kMethodParsed) == kMethodParsed; }

/// Of Generic rows of types: to the bound method ** may bring keys that are no strings, since CPython hands the dict on as it is.
constexpr uint8_t kMethodAnyKeys = 64;

} // namespace krait
