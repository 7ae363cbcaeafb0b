// How hard LLVM works.
#pragma once
#include <cstdint>

namespace krait::codegen::emit {
/// What the user asks for.
enum class Level : uint8_t { O0, O1, O2 };
/// What one module gets: None and Library are for compile time (Library with the passes that pay at once).
enum class Effort : uint8_t { None, Library, Little, Full };
} // namespace krait::codegen::emit
