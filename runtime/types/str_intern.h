// The intern table's side of str. Nothing here runs Python code.
#pragma once
#include "runtime/types/str.h"

namespace krait {

/// nameHashOf the text, kept in the object.
uint32_t strNameHash(StrObject* s);
/// Takes a dying interned string out of the table.
void internForget(StrObject* s);

} // namespace krait
