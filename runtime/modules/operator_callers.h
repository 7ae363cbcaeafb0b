// operator's callable classes.
#pragma once
#include "runtime/object/type.h"

namespace krait {
extern Type attrgetterType, itemgetterType, methodcallerType;
} // namespace krait
