// `krait emit`: one file, up to one step.
#pragma once
#include "tools/krait/installation.h"
#include "tools/krait/options.h"

namespace krait::tools {

/// Exit status.
int emitFile(const Options& options, const Installation& installation);

} // namespace krait::tools
