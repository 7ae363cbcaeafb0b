// Unicode names, for `\N{…}`.
#pragma once

#include <string_view>

namespace krait::frontend::parse {

inline constexpr char32_t kNoCodePoint = 0xFFFFFFFF;

// The code point with that name or alias, letters in any case; kNoCodePoint if
// there is none.
char32_t codePointNamed(std::string_view name);

} // namespace krait::frontend::parse
