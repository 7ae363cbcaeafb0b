// Who inherits from whom, and versions of types (type_lookup.cpp).
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// Enters `sub` in the base's weak list of direct subclasses. -1 only without memory.
int32_t addSubclass(Type* base, Type* sub);
void removeSubclass(Type* base, Type* sub);
/// Direct subclasses in the order of their creation, while `visit` answers true; it must make or free no class.
bool forEachSubclass(Type* t, bool (*visit)(Type* sub, void* context), void* context);
/// The version of `t`, given out if it has none; 0 if it cannot have one.
uint64_t typeVersion(Type* t);

} // namespace krait
