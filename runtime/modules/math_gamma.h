// math.gamma and math.lgamma.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

Value gammaFunction(Value module, Value v);
Value lgammaFunction(Value module, Value v);

} // namespace krait
