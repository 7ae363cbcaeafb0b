// AttributeErrors of attributes that are not there. Most of them are caught and never shown, as by `try: return self._cached`: so their
// message, "'T' object has no attribute 'name'", is put together without a format.
#pragma once
#include "runtime/object/errors.h"

namespace krait {

/// Raises it with `obj` and `name` as what was looked for; the name of its class, `t`, is cut after `longest` bytes. Always null.
[[gnu::cold]] Value raiseNoAttribute(const Type* t, Value obj, Value name, int longest);
/// The same of a builtin descriptor; who asked it says what was looked for (errorSetAttributeContext).
[[gnu::cold]] Value raiseNoAttribute(const Type* t, const char* name, int longest);

} // namespace krait
