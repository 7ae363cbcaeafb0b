#include "runtime/modules/parsed_int.h"
#include <climits>
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"

namespace krait {

bool narrowed(int64_t n, const char* what, int* out) {
  if (n < INT_MIN) return raise(OverflowErrorType, "%s is less than minimum", what), false;
  if (n > INT_MAX) return raise(OverflowErrorType, "%s is greater than maximum", what), false;
  *out = static_cast<int>(n);
  return true;
}

bool parsedIntArgument(Value v, int* out) {
  if (!v) return true;
  if (v.isSmallInt() && v.smallInt() == static_cast<int>(v.smallInt())) return *out = static_cast<int>(v.smallInt()), true;
  const int64_t n = toInt64(v);
  return !(n == -1 && errorSet()) && narrowed(n, "signed integer", out);
}

} // namespace krait
