// `krait cache`.
#pragma once
#include "tools/krait/options.h"

namespace krait::tools {

/// stats, clean or verify (prefetch is a build: program.h). Exit status: 1 if something was damaged or could not be removed.
int manageCache(const Options& options);

} // namespace krait::tools
