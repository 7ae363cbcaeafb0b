// Leaving entries out of the traceback of the error that is on its way.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// Takes out runs of entries in `files` (a tuple of str). Unless `all`, only those that begin or go on with the function
/// `passage`: what it called is another's business, and the way there nobody's.
void trimTraceback(Value files, const char* passage, bool all);

} // namespace krait
