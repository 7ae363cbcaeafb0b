// Which passes run, in which order.
#pragma once

#include "ir/passes/passes.h"

namespace krait::ir::passes {

enum class Level : uint8_t {
  None, // what every engine needs, and what costs nothing: the interpreter, -O0
  Full, // -O1 and above
};

std::span<const PassId> pipelineOf(Level level);

} // namespace krait::ir::passes
