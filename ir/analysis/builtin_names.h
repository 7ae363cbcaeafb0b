// Names of the library's functions that compute a float from one float or two, or an int from one, in `math` or imported from there.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace krait::ir::analysis {

template <size_t N> constexpr bool isAmong(const std::string_view (&sorted)[N], std::string_view name) {
  return std::binary_search(std::begin(sorted), std::end(sorted), name);
}
inline bool isRealFunction(std::string_view name) {
  static constexpr std::string_view kNames[] = {"acos", "acosh", "asin", "asinh", "atan", "atanh", "cbrt", "cos", "cosh", "degrees", "erf", "erfc", "exp",
                                                "exp2", "expm1", "fabs", "log", "log10", "log1p", "log2", "radians", "sin", "sinh", "sqrt", "tan", "tanh"};
  return isAmong(kNames, name);
}
// A float from two.
inline bool isRealFunctionOfTwo(std::string_view name) {
  static constexpr std::string_view kNames[] = {"atan2", "copysign", "fmod", "hypot", "pow", "remainder"};
  return isAmong(kNames, name);
}
// An int from one.
inline bool isWholeFunction(std::string_view name) {
  static constexpr std::string_view kNames[] = {"ceil", "floor", "trunc"};
  return isAmong(kNames, name);
}

} // namespace krait::ir::analysis
