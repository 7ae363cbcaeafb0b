// Texts of floats in C++ terms, shared by float, complex and formatting.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace krait {

/// `head`, then so many zeros, then `tail`: what a large precision asks for beyond the digits that a double can have.
struct DoubleText {
  std::string head;
  int64_t zeros = 0;
  std::string tail;
};
/// Codes e f g r (upper case too); precision ignored for r. Flags: DoubleFlags of types/float.h.
DoubleText doubleToParts(double d, char code, int precision, unsigned flags);
/// All of it, for precisions below a few hundred.
std::string doubleToString(double d, char code, int precision, unsigned flags);
/// magnitude * 10^digits, rounded half to even; false where that is not worth a short way (digits 0 to 22, results
/// below 2^63).
bool scaleByTens(double magnitude, int digits, uint64_t* result);
/// The text of a magnitude in fixed notation in the kFixedRoom characters before `end`: where it begins, or null where the
/// general way is due.
constexpr int kFixedRoom = 48;
char* shortFixed(double magnitude, int precision, char* end);
/// The same of repr(), for what is no exponent.
char* shortRepr(double d, char* end);
/// A float literal with optional sign, inf and nan at `p`; *stop after it. False (and *stop = p): none there.
bool parseDouble(const char* p, const char* end, double* out, const char** stop);
/// Copies without the underscores that stand between digits; false if one is misplaced.
bool stripUnderscores(std::string_view s, std::string* out);

} // namespace krait
