// isinstance and issubclass without the hooks: what type.__instancecheck__ and
// type.__subclasscheck__ do.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

int32_t plainIsInstance(Value o, Value cls);
int32_t plainIsSubclass(Value derived, Value cls);

} // namespace krait
