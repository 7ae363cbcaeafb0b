// `krait explain`: a file, line by line, with what the optimiser did and why it did not do more.
#pragma once
#include "tools/krait/installation.h"
#include "tools/krait/options.h"

namespace krait::tools {

/// Exit status. As --remarks, --html or, of `krait emit`, --stages say: as text, as JSON, as a page.
int explainFile(const Options& options, const Installation& installation);

} // namespace krait::tools
