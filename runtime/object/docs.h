// Documentation of builtin types, their methods and attributes, and native functions.
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// The text of docs.def about `name` of `owner` (a builtin type's or a native module's name); of the owner itself if
/// the name is empty. Null if there is none.
const char* docOf(const char* owner, const char* name);
/// The same, searched along the bases of a type: what a bound method of an instance is documented as.
const char* docOfMethod(const Type* t, const char* name);
/// A builtin type's own text.
const char* typeDoc(const Type* t);
/// Whether a text begins with a line that shows the call, as CPython's do where there is no __text_signature__.
bool describesCall(const char* text);
/// A text as __doc__ shows it: new str, or None for null.
Value docValue(const char* text);

} // namespace krait
