// What a rich comparison answers once the order of its two sides is known.
#pragma once
#include "runtime/object/protocol.h"

namespace krait {

/// `order` is negative, zero or positive as the left side is less, equal or greater; `op` a CompareOp.
inline Value answerByOrder(int64_t order, int op) {
  switch (op) {
  case kLt: return boolean(order < 0);
  case kLe: return boolean(order <= 0);
  case kEq: return boolean(order == 0);
  case kNe: return boolean(order != 0);
  case kGt: return boolean(order > 0);
  default: return boolean(order >= 0);
  }
}

} // namespace krait
