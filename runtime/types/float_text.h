// Texts of floats in C++ terms, shared by float, complex and formatting.
#pragma once
#include <string>
#include <string_view>

namespace krait {

/// Codes e f g r (upper case too); precision ignored for r. Flags: DoubleFlags of types/float.h.
std::string doubleToString(double d, char code, int precision, unsigned flags);
/// A float literal with optional sign, inf and nan at `p`; *stop after it. False (and *stop = p): none there.
bool parseDouble(const char* p, const char* end, double* out, const char** stop);
/// Copies without the underscores that stand between digits; false if one is misplaced.
bool stripUnderscores(std::string_view s, std::string* out);

} // namespace krait
