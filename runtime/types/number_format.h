// format(number, spec) and the numeric `%` codes.
#pragma once
#include "runtime/object/protocol.h"

namespace krait {

/// int.__format__, float.__format__, complex.__format__: `spec` is a str.
Value formatInt(Value v, Value spec);
Value formatFloat(Value v, Value spec);
Value formatComplex(Value v, Value spec);

} // namespace krait
