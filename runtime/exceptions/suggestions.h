// "Did you mean": names close to one that was not found.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// For a NameError or AttributeError whose name is known: the closest name (owned), or null. Never leaves an error.
Value suggestionFor(Value exception);

} // namespace krait
