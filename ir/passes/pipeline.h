// Which passes run, in which order.
#pragma once

#include "ir/passes/passes.h"

#include <vector>

namespace krait::ir::passes {

enum class Level : uint8_t {
  None, // what every engine needs, and what costs nothing: the interpreter, -O0
  Full, // -O1 and above
};

// docs/profiles.md
enum class Profiling : uint8_t { None, Generate, Use };

std::vector<PassId> pipelineOf(Level level, Profiling profiling = Profiling::None);

} // namespace krait::ir::passes
