// float.__round__: to the nearest number of so many decimal digits, halves to even.
#include <cmath>
#include <cstdlib>
#include <string>

#include "runtime/object/protocol.h"
#include "runtime/types/float.h"
#include "runtime/types/float_text.h"
#include "runtime/types/int.h"

namespace krait {

Value floatRound(Value self, const Value* argv) {
  double x = floatValue(self);
  if (!argv[0] || isNone(argv[0])) {
    double r = std::round(x);
    if (std::fabs(x - r) == 0.5) r = 2.0 * std::round(x / 2.0);
    return newIntFromDouble(r);
  }
  int64_t digits = toIndex(argv[0], nullptr);
  if (digits == -1 && errorSet()) return Value();
  if (!std::isfinite(x) || x == 0 || digits > 323) return newFloat(x);
  if (digits < -308) return newFloat(0.0 * x);
  // Correct rounding by way of decimal digits.
  double r;
  if (uint64_t scaled; digits >= 0 && digits <= 22 && scaleByTens(std::fabs(x), static_cast<int>(digits), &scaled) && scaled >> 53 == 0) {
    // Both exact, so that the quotient is the double nearest to the decimal number.
    static constexpr double kTens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    r = std::copysign(static_cast<double>(scaled) / kTens[digits], x);
  } else if (digits >= 0) {
    std::string s = doubleToString(x, 'f', static_cast<int>(digits), 0);
    r = strtod(s.c_str(), nullptr);
  } else {
    // Round half even at 10^-digits: digits of the exact integer part decide.
    int keep = 0;
    double m = std::fabs(x);
    std::string whole = doubleToString(std::trunc(m), 'f', 0, 0);
    auto drop = static_cast<size_t>(-digits);
    keep = static_cast<int>(whole.size()) - static_cast<int>(drop);
    if (keep < 0) return newFloat(std::copysign(0.0, x));
    std::string head = keep ? whole.substr(0, static_cast<size_t>(keep)) : "0", tail = whole.substr(static_cast<size_t>(keep));
    bool above = tail[0] > '5' || (tail[0] == '5' && (tail.find_first_not_of('0', 1) != std::string::npos || m != std::trunc(m)));
    bool tie = tail[0] == '5' && !above;
    bool up = above || (tie && ((head.back() - '0') & 1));
    if (up) {
      size_t at = head.find_last_not_of('9');
      if (at == std::string::npos) head.insert(at = 0, 1, '0');
      ++head[at];
      std::fill(head.begin() + static_cast<std::ptrdiff_t>(at) + 1, head.end(), '0');
    }
    r = std::copysign(strtod((head + "e" + std::to_string(drop)).c_str(), nullptr), x);
  }
  if (std::isinf(r)) return raise(OverflowErrorType, "rounded value too large to represent");
  return newFloat(r);
}

} // namespace krait
