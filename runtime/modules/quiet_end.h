// Programs that may end without being taken apart.
#pragma once
#include "runtime/memory/gc.h"

namespace krait {

/// Nothing that is still alive would do, in dying, what anybody outside could tell: there are no finalizers to run, no callbacks of
/// weak references, no handlers of suspended frames, nothing to be written to files but what flushing the standard streams has
/// written. Then the process may just end, and the system takes its memory. Runs no code.
bool endsQuietly();
/// The same in the collector, of all that is in its lists and of what is in this one.
bool remainsAreQuiet(const GcLinks* garbage);

} // namespace krait
