// types.GenericAlias (list[int]) and types.UnionType (int | str).
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// __class_getitem__ of builtin containers.
Value genericClassGetItem(Value type, Value arguments);
/// a | b for types and what may stand among them; NotImplemented for others.
Value typeUnion(Value a, Value b);
/// isinstance/issubclass against a union's members.
Value unionArgs(Value unionObject); // borrowed tuple

} // namespace krait
