#include "runtime/threads/timeout.h"
#include <cmath>
#include <ctime>
#include "runtime/object/protocol.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace krait {
namespace {

constexpr double kLimit = 9223372036.854775; // seconds: 2 ** 63 nanoseconds

int32_t tooLarge() { return fail(OverflowErrorType, "timestamp too large to convert to C _PyTime_t"); }

} // namespace

double monotonicSeconds() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

int32_t secondsOf(Value number, double unit, double* out) {
  double n;
  if (isFloat(number)) {
    n = floatValue(number);
    if (std::isnan(n)) return fail(ValueErrorType, "Invalid value NaN (not a number)");
  } else {
    Ref whole(index(number));
    if (!whole) return -1;
    n = intToDouble(whole);
    if (n == -1.0 && errorSet()) return errorClearIf(OverflowErrorType) ? tooLarge() : -1;
  }
  n *= unit;
  if (!(std::fabs(n) < kLimit)) return tooLarge();
  *out = n;
  return 0;
}

} // namespace krait
