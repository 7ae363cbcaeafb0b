// Reference counts, boxes, identity.
#include "runtime/object/protocol.h"
#include "runtime/types/float.h"
#include "runtime/types/int_make.h"

namespace krait {

extern "C" {

void krt_incref(Value v) { incref(v); }
void krt_decref(Value v) { decref(v); }
void krt_xdecref(Value v) {
  if (v) decref(v);
}
void krt_drop_inert(Value v) {
  if (v.isPointer() && --v.object()->refs == 0) [[unlikely]] krt_end_inert(v);
}

Value krt_box_int(int64_t v) { return newInt(v); }
Value krt_box_u64(uint64_t v) { return intOfWide(v, false); }
Value krt_box_float(double v) { return newFloat(v); }

int32_t krt_is(Value a, Value b) { return a == b; }

} // extern "C"

} // namespace krait
