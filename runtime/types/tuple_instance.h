// Instances of classes that are derived from tuple.
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// An instance of a class that is derived from tuple and from no other builtin type; takes the items on errors, too.
Value newTupleOf(Type* type, const Value* owned, uint32_t n);

} // namespace krait
