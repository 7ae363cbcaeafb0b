// `krait check`.
#pragma once
#include "tools/krait/options.h"

namespace krait::tools {

/// All errors and warnings of the files, and of the .py files in folders. Exit status.
int checkFiles(const Options& options);

} // namespace krait::tools
