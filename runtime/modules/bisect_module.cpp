// _bisect: binary search in sequences.
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/key.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

int64_t middleOf(int64_t lo, int64_t hi) { return static_cast<int64_t>((static_cast<uint64_t>(lo) + static_cast<uint64_t>(hi)) / 2); }

/// The same search as far as it meets small ints alone.
template <bool kRight> void narrowAmongInts(const Value* items, int64_t x, int64_t& lo, int64_t& hi) {
  while (lo < hi) {
    const int64_t middle = middleOf(lo, hi);
    if (!items[middle].isSmallInt()) return;
    const int64_t item = items[middle].smallInt();
    if (kRight ? x < item : item >= x) hi = middle;
    else lo = middle + 1;
  }
}
/// The same as far as nobody has to be asked.
template <bool kRight> void narrowPlainly(const Value* items, Value x, int64_t& lo, int64_t& hi) {
  if (x.isSmallInt()) narrowAmongInts<kRight>(items, x.smallInt(), lo, hi);
  while (lo < hi) {
    const int64_t middle = middleOf(lo, hi);
    const int32_t less = kRight ? plainlyLess(x, items[middle]) : plainlyLess(items[middle], x);
    if (less < 0) return;
    if (kRight == (less != 0)) hi = middle;
    else lo = middle + 1;
  }
}

/// Where x goes in a[lo:hi), to the right of equal items or to the left. -1 with an error.
template <bool kRight> int64_t search(Value a, Value x, int64_t lo, int64_t hi, Value key) {
  if (lo < 0) return fail(ValueErrorType, "lo must be non-negative");
  if (const auto* methods = typeOf(a)->sequence; isDict(a) && !(methods && methods->item))
    return fail(TypeErrorType, "%.200T is not a sequence", a); // even an empty one
  if (hi == -1) {
    hi = length(a);
    if (hi < 0) return -1;
  }
  if (!key && isExactList(a) && hi <= asList(a)->size) narrowPlainly<kRight>(asList(a)->items, x, lo, hi);
  while (lo < hi) {
    const int64_t middle = middleOf(lo, hi);
    Ref item(isExactList(a) && middle < asList(a)->size ? newRef(asList(a)->items[middle]) : sequenceItem(a, middle));
    if (!item) return -1;
    if (key) {
      item.reset(call(key, {item}));
      if (!item) return -1;
    }
    int32_t r = kRight ? compareBool(x, item, kLt) : compareBool(item, x, kLt);
    if (r < 0) return -1;
    if (kRight == (r != 0)) hi = middle;
    else lo = middle + 1;
  }
  return lo;
}
/// Reads lo and hi: (a, x, lo=0, hi=None, *, key=None).
int32_t bounds(const Value* argv, int64_t* lo, int64_t* hi) {
  *lo = 0;
  *hi = -1;
  if (argv[2]) {
    *lo = toIndex(argv[2], &OverflowErrorType);
    if (*lo == -1 && errorSet()) return -1;
  }
  if (argv[3] && !isNone(argv[3])) {
    *hi = toIndex(argv[3], &OverflowErrorType);
    if (*hi == -1 && errorSet()) return -1;
  }
  return 0;
}
Value keyOf(const Value* argv) { return argv[4] && !isNone(argv[4]) ? argv[4] : Value(); }

template <bool kRight> Value bisect(Value, const Value* argv) {
  int64_t lo, hi;
  if (bounds(argv, &lo, &hi) < 0) return Value();
  int64_t i = search<kRight>(argv[0], argv[1], lo, hi, keyOf(argv));
  return i < 0 ? Value() : newInt(i);
}
template <bool kRight> Value insort(Value, const Value* argv) {
  int64_t lo, hi;
  if (bounds(argv, &lo, &hi) < 0) return Value();
  Value key = keyOf(argv);
  Ref x(key ? call(key, {argv[1]}) : newRef(argv[1]));
  if (!x) return Value();
  int64_t i = search<kRight>(argv[0], x, lo, hi, key);
  if (i < 0) return Value();
  if (isExactList(argv[0])) return listInsert(argv[0], i, argv[1]) < 0 ? Value() : none();
  Ref index(newInt(i));
  Ref done(callMethod(argv[0], NAME(insert), {index, argv[1]}));
  return done ? none() : Value();
}

constexpr const char* kSignature = "($module, /, a, x, lo=0, hi=None, *, key=None)";
constexpr MethodDef bisectMethods[] = {
    {"bisect_right", bisect<true>, kSignature}, {"bisect_left", bisect<false>, kSignature},
    {"insort_right", insort<true>, kSignature}, {"insort_left", insort<false>, kSignature},
    {},
};

} // namespace

extern "C" constinit const NativeModule krt_module_bisect = {"_bisect", bisectMethods, nullptr};

} // namespace krait
