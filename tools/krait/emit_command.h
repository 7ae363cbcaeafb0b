// `krait emit`: one file, up to one step.
#pragma once
#include "codegen/emit/compile.h"
#include "tools/krait/installation.h"
#include "tools/krait/options.h"

namespace krait::tools {

codegen::emit::CompileOptions compileOptionsOf(const Options& options, uint32_t observers, const Installation& installation);

/// Exit status.
int emitFile(const Options& options, const Installation& installation);

} // namespace krait::tools
