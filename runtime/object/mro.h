// Method resolution orders.
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// C3 linearization of a class whose `bases` are set: a new tuple, or null with TypeError.
Value computeMro(Type* t);
/// What the class's `mro` should be: its metaclass's mro() if it has one of its own, checked; else computeMro.
/// Sets kTypeUncached for orders that do not follow from the bases.
Value requestMro(Type* t);

} // namespace krait
