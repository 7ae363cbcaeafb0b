// sys.stdin, sys.stdout and sys.stderr, made from the io module's types.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// Sets the three streams and their `__std…__` twins in sys: 0, or -1.
int32_t createStandardStreams();
/// Flushes stdout and stderr at exit; an error is reported as unraisable.
void flushStandardStreams();

} // namespace krait
