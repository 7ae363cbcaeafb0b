// The usual answer of a collection, nothing is garbage, by one walk.
#pragma once
#include "runtime/memory/gc.h"

namespace krait {

/// Shows that every member of `list` stays, in which case it returns how many there are: tuples that hold no containers leave
/// the list, and what stays waits for the next full collection. -1: that could not be shown, and nothing has changed.
/// `full`: every object that hangs in a list is a member, and waits; otherwise the members are flagged as being collected.
int64_t showThatAllStay(GcLinks* list, bool full);

} // namespace krait
