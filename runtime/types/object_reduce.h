// Pickling support of object.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

Value objectReduce(Value self);
Value objectReduceEx(Value self, Value protocol);
Value objectGetState(Value self);

} // namespace krait
