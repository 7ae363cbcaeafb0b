// The running context of contextvars, for those who schedule callbacks.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// contextvars.copy_context(): owned.
Value copyCurrentContext();

} // namespace krait
