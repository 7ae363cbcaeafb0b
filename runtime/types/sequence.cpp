// What list and tuple have in common: repr and slice arithmetic.
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/key.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

Value reprSequence(Value self, const char* open, const char* close, const char* recursive) {
  bool list = isList(self);
  if ((list ? asList(self)->size : asTuple(self)->size) == 0) {
    StrBuilder empty;
    empty.addAscii(open);
    empty.addAscii(close);
    return empty.take();
  }
  int32_t entered = reprEnter(self);
  if (entered < 0) return Value();
  if (entered > 0) return newStr(recursive);
  StrBuilder out;
  out.addAscii(open);
  bool ok = true;
  for (int64_t i = 0; i < (list ? asList(self)->size : asTuple(self)->size); ++i) {
    if (i) out.addAscii(", ");
    Ref item = Ref::share(list ? asList(self)->items[i] : asTuple(self)->items[i]);
    Ref text(repr(item));
    if (!text) {
      ok = false;
      break;
    }
    out.add(text.get());
  }
  reprLeave(self);
  if (!ok) return Value();
  if (!list && asTuple(self)->size == 1) out.addAscii(",");
  out.addAscii(close);
  return out.take();
}

int32_t sliceIndex(Value v, int64_t* out, bool noneAllowed) {
  if (!v || (noneAllowed && isNone(v))) return 0;
  if (v.isSmallInt()) {
    *out = v.smallInt();
    return 0;
  }
  if (!hasIndex(v))
    return fail(TypeErrorType, noneAllowed ? "slice indices must be integers or None or have an __index__ method"
                                           : "slice indices must be integers or have an __index__ method");
  int64_t i = toIndex(v, nullptr);
  if (i == -1 && errorSet()) return -1;
  *out = i;
  return 0;
}

int32_t sliceUnpack(Value slice, int64_t* start, int64_t* stop, int64_t* step) {
  auto* s = slice.as<SliceObject>();
  *step = 1;
  if (sliceIndex(s->step, step, true) < 0) return -1;
  if (*step == 0) return fail(ValueErrorType, "slice step cannot be zero");
  if (*step < -INT64_MAX) *step = -INT64_MAX;
  *start = *step < 0 ? INT64_MAX : 0;
  *stop = *step < 0 ? INT64_MIN : INT64_MAX;
  if (sliceIndex(s->start, start, true) < 0) return -1;
  return sliceIndex(s->stop, stop, true);
}

} // namespace krait
