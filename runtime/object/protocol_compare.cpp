// Rich comparison: the right operand goes first if its class is derived, then the
// left, then the right; equality falls back to identity.
#include "runtime/object/ordering.h"
#include "runtime/object/protocol.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace krait {

namespace {

constexpr CompareOp kSwapped[] = {kGt, kGe, kEq, kNe, kLt, kLe};
constexpr const char* kSymbols[] = {"<", "<=", "==", "!=", ">", ">="};

Value compareInner(Value a, Value b, CompareOp op) {
  Type *ta = readyTypeOf(a), *tb = readyTypeOf(b);
  bool reflectedDone = false;
  if (ta != tb && isSubtype(tb, ta) && tb->compare) {
    reflectedDone = true;
    Value r = tb->compare(b, a, kSwapped[op]);
    if (!r || r != notImplemented()) return r;
  }
  if (ta->compare) {
    Value r = ta->compare(a, b, op);
    if (!r || r != notImplemented()) return r;
  }
  if (!reflectedDone && tb->compare) {
    Value r = tb->compare(b, a, kSwapped[op]);
    if (!r || r != notImplemented()) return r;
  }
  if (op == kEq) return boolean(a == b);
  if (op == kNe) return boolean(a != b);
  return raise(TypeErrorType, "'%s' not supported between instances of '%.100s' and '%.100s'", kSymbols[op], ta->name,
               tb->name);
}

} // namespace

Value compare(Value a, Value b, CompareOp op) {
  // As deep as the recursion may be: CPython compares numbers in place.
  if (isExactInt(a) && isExactInt(b)) return answerByOrder(intCompare(a, b), op);
  if (recursionEnter(" in comparison") < 0) return {};
  Value r = compareInner(a, b, op);
  recursionLeave();
  return r;
}

template <class T> static bool compareNumbers(T a, T b, CompareOp op) {
  switch (op) {
  case kLt: return a < b;
  case kLe: return a <= b;
  case kEq: return a == b;
  case kNe: return a != b;
  case kGt: return a > b;
  case kGe: return a >= b;
  }
  __builtin_unreachable();
}

int32_t compareBool(Value a, Value b, CompareOp op) {
  if (a == b) {
    if (op == kEq) return 1;
    if (op == kNe) return 0;
  }
  if (a.isSmallInt() && b.isSmallInt()) return compareNumbers(a.smallInt(), b.smallInt(), op);
  if (isExactFloat(a) && isExactFloat(b)) return compareNumbers(floatValue(a), floatValue(b), op);
  Value r = compare(a, b, op);
  if (!r) return -1;
  if (r == boolean(true)) return 1;
  if (r == boolean(false)) return 0;
  Ref held(r);
  return isTrue(r);
}

} // namespace krait
