// What is garbage, narrowed down by one walk: usually nothing is.
#pragma once
#include "runtime/memory/gc.h"

namespace krait {

/// Moves the members of `list` that may be garbage to the end of `doubtful`, and returns how many stay: tuples that hold no containers leave
/// the list, and what stays waits for the next full collection. -1: that could not be told, and nothing has changed.
/// `full`: every object that hangs in a list is a member, and waits; otherwise the members are flagged as being collected.
int64_t separateDoubtful(GcLinks* list, bool full, GcLinks* doubtful);

} // namespace krait
