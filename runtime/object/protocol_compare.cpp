// Rich comparison: the right operand goes first if its class is derived, then the
// left, then the right; equality falls back to identity.
#include "runtime/object/direct_calls.h"
#include "runtime/object/ordering.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slot_functions.h"
#include "runtime/object/slow_operators.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/key.h"

namespace krait {

namespace {

constexpr const char* kInComparison = " in comparison";
constexpr CompareOp kSwapped[] = {kGt, kGe, kEq, kNe, kLt, kLe};
constexpr const char* kSymbols[] = {"<", "<=", "==", "!=", ">", ">="};

/// Where no operator has an answer.
Value compareWithoutAnswer(Value a, Value b, CompareOp op) {
  if (op == kEq) return boolean(a == b);
  if (op == kNe) return boolean(a != b);
  return raise(TypeErrorType, "'%s' not supported between instances of '%.100s' and '%.100s'", kSymbols[op], typeOf(a)->name,
               typeOf(b)->name);
}

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
  return compareWithoutAnswer(a, b, op);
}

/// The Python function of two parameters that answers for a's class; or null.
inline FunctionObject* comparingFunction(Value a, CompareOp op) {
  const Value found = slot_generics::comparisonOf(a, op);
  return found && isFunction(found) && found.as<FunctionObject>()->arity == 2 ? found.as<FunctionObject>() : nullptr;
}

} // namespace

Value compareByMethod(Value a, Value b, CompareOp op) {
  if (!b.isPointer() || typeOf(a) != typeOf(b)) return compare(a, b, op);
  FunctionObject* f = comparingFunction(a, op);
  if (!f) [[unlikely]] return compare(a, b, op);
  if (recursionEnter(kInComparison) < 0) [[unlikely]] return {};
  Value r = enterMethod(f, a, newRef(b));
  if (r == notImplemented()) [[unlikely]] {
    r = typeOf(b)->compare ? typeOf(b)->compare(b, a, kSwapped[op]) : r; // the method may have changed the class
    if (r == notImplemented()) r = compareWithoutAnswer(a, b, op);
  }
  recursionLeave();
  return r;
}

Value compare(Value a, Value b, CompareOp op) {
  // As deep as the recursion may be: CPython compares numbers in place.
  if (isExactInt(a) && isExactInt(b)) return answerByOrder(intCompare(a, b), op);
  if (recursionEnter(kInComparison) < 0) return {};
  Value r = compareInner(a, b, op);
  recursionLeave();
  return r;
}

/// Two exact tuples, texts or lists.
static inline bool haveOrderOfItems(Value a, Value b) {
  if (!a.isPointer() || !b.isPointer()) return false;
  const Layout* l = a.object()->layout;
  return l == b.object()->layout && (l == &tupleType.instanceLayout || l == &strType.instanceLayout || l == &listType.instanceLayout);
}
int32_t compareBool(Value a, Value b, CompareOp op) {
  if (a == b) {
    if (op == kEq) return 1;
    if (op == kNe) return 0;
  }
  if (op == kLt || op == kGt) {
    const Value x = op == kLt ? a : b, y = op == kLt ? b : a;
    if (x.isSmallInt() && y.isSmallInt()) return x.smallInt() < y.smallInt();
    if (x.isImmediateFloat() && y.isImmediateFloat()) return x.immediateFloat() < y.immediateFloat();
    if (haveOrderOfItems(x, y)) // instances with a method are not looked at for nothing
      if (const int32_t less = plainlyLess(x, y); less >= 0) return less;
  }
  return krt_test_slow(a, b, op);
}

} // namespace krait
