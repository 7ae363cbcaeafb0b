// User and group ids as arguments.
#pragma once
#include "runtime/object/protocol.h"
#include "runtime/object/type_name.h"
#include "runtime/types/int.h"

namespace krait {

/// A uid or gid; `what` names it in errors. -1 is allowed. False with an error.
inline bool idArgument(Value v, const char* what, uint32_t* out) {
  Ref number(index(v));
  if (!number) {
    errorClear();
    return raise(TypeErrorType, "%s should be integer, not %.200s", what, shortName(typeOf(v))), false;
  }
  int overflow;
  const int64_t n = intToInt64(number, &overflow);
  if (overflow > 0) return raise(OverflowErrorType, "%s is greater than maximum", what), false;
  // CPython says so of every number that fits a C long but not the id.
  if (overflow < 0 || n < -1 || n > UINT32_MAX) return raise(OverflowErrorType, "%s is less than minimum", what), false;
  *out = static_cast<uint32_t>(n);
  return true;
}

} // namespace krait
