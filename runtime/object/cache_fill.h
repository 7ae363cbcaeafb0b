// Shared by the slow halves of attribute and method sites.
#pragma once
#include "runtime/abi/entries.h"

namespace krait {

/// The instance has a dict with this name (interned) in it. Never raises.
bool instanceHides(Object* o, Value name);
/// Remembers where `name` was found; runs no code.
void fillAttributeCache(Value o, Value name, AttrCache* cache);

} // namespace krait
