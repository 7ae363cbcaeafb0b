// Names of the library's functions that compute a float from one float, in `math` or imported from there.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace krait::ir::analysis {

inline bool isRealFunction(std::string_view name) {
  static constexpr std::string_view kNames[] = {"acos", "acosh", "asin", "asinh", "atan", "atanh", "cbrt", "cos", "cosh", "degrees", "erf", "erfc", "exp",
                                                "exp2", "expm1", "fabs", "log", "log10", "log1p", "log2", "radians", "sin", "sinh", "sqrt", "tan", "tanh"};
  return std::binary_search(std::begin(kNames), std::end(kNames), name);
}

} // namespace krait::ir::analysis
