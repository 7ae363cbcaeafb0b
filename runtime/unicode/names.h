// Names of code points, Unicode 14.0. Pure data: depends on nothing.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace krait::unicode {

constexpr uint32_t kNoChar = 0xffffffff;
constexpr size_t kMaxNameLength = 256;
constexpr uint32_t kMaxSequence = 4;

/// Writes the name (no NUL) and returns its length; 0: the code point has none.
size_t nameOf(uint32_t c, char out[kMaxNameLength]);
/// By name or (if wanted) alias, any letter case. kNoChar if unknown.
uint32_t lookupName(std::string_view name, bool aliases = true);
/// A named sequence: writes its code points, returns how many; 0: unknown.
uint32_t lookupSequence(std::string_view name, uint32_t out[kMaxSequence]);

} // namespace krait::unicode
