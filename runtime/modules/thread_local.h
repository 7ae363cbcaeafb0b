// _thread._local: an object with attributes of its own in every thread.
#pragma once
#include "runtime/object/type.h"

namespace krait {
extern Type threadLocalType;
} // namespace krait
