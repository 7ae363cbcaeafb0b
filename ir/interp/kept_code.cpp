#include "ir/interp/kept_code.h"

#include "runtime/object/ref.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/int_text.h"
#include "runtime/types/str.h"

namespace krait::ir::interp {

namespace {

constexpr int64_t kLongest = 500, kPlaces = 128;

struct Kept {
  int64_t hash = 0; // of the text that came last
  Value text, code; // owned; null until it comes again
  CompileMode mode{};
  uint32_t futureFlags = 0;
  int64_t maxDigits = 0; // as these were, the code was made
  bool events = false;
};
Kept places[kPlaces];

Kept& placeOf(int64_t hash) { return places[static_cast<uint64_t>(hash) % kPlaces]; }

bool isFor(const Kept& kept, Value text, CompileMode mode, uint32_t futureFlags) {
  return kept.mode == mode && kept.futureFlags == futureFlags && kept.maxDigits == intMaxStrDigits && kept.events == eventsObserved &&
         strEqual(kept.text, text);
}

} // namespace

Value keptCode(Value text, CompileMode mode, uint32_t futureFlags) {
  if (asStr(text)->length > kLongest) return Value();
  const int64_t hash = strHash(text);
  const Kept& kept = placeOf(hash);
  return kept.code && kept.hash == hash && isFor(kept, text, mode, futureFlags) ? kept.code : Value();
}

void keepCode(Value text, CompileMode mode, uint32_t futureFlags, Value code) {
  if (asStr(text)->length > kLongest) return;
  const int64_t hash = strHash(text);
  Kept& kept = placeOf(hash);
  const bool isSecond = kept.hash == hash;
  const Value oldText = kept.text, oldCode = kept.code;
  kept = Kept{.hash = hash};
  if (isSecond) kept = Kept{hash, newRef(text), newRef(code), mode, futureFlags, static_cast<int64_t>(intMaxStrDigits), eventsObserved};
  xdecref(oldText);
  xdecref(oldCode);
}

} // namespace krait::ir::interp
