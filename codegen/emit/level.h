// How hard LLVM works.
#pragma once
#include <cstdint>

namespace krait::codegen::emit {
/// What the user asks for. -O3 is O2 here: it is about packages and the library, of which the build of a program takes care.
enum class Level : uint8_t { O0, O1, O2 };
constexpr Level levelOf(int number) { return number > 2 ? Level::O2 : Level{static_cast<uint8_t>(number)}; }
/// What one module gets: None and Library are for compile time (Library with the passes that pay at once).
enum class Effort : uint8_t { None, Library, Little, Full };
} // namespace krait::codegen::emit
