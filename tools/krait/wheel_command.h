// `krait wheel`.
#pragma once
#include "tools/krait/installation.h"
#include "tools/krait/options.h"

namespace krait::tools {

/// A wheel of the project in a folder, or with --metadata its .dist-info alone; prints its name. Exit status.
int makeWheel(const Options& options, const Installation& installation);

} // namespace krait::tools
