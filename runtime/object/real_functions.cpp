#include "runtime/object/real_functions.h"

#include <cmath>

namespace krait {

double realSqrt(double x) { return std::sqrt(x); }

} // namespace krait
