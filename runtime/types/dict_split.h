// Dicts whose values live in somebody else's words. For the dict files only.
#pragma once
#include "runtime/types/dict.h"

namespace krait::dict_split {

/// A key was added to a split dict: if the owner has an empty word of that name the value moves there and the
/// entry becomes an indirection. Also tells the owner's class that an instance attribute came into being.
void adoptNewEntry(DictObject* d, DictEntry& e);

} // namespace krait::dict_split
