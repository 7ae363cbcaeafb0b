// How hard LLVM works.
#pragma once
#include <cstdint>

namespace krait::codegen::emit {
enum class Level : uint8_t { O0, O1, O2 };
} // namespace krait::codegen::emit
