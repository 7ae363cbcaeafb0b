// The parts of _functools.
#pragma once
#include "runtime/object/type.h"

namespace krait::functools {

extern Type partialType, lruCacheType;
Value cmpToKey(Value module, const Value* argv);
Value reduce(Value module, const Args& args);

} // namespace krait::functools
