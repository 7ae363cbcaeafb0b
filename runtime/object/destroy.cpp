// The end of an object whose count fell to zero.
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

/// The first of its type to die.
[[gnu::cold, gnu::noinline]] static void destroyFirst(Object* o) {
  Type* t = typeOfObject(o);
  typeInherit(t);
  t->dealloc(o);
}

void destroy(Object* o) {
  Type* t = typeOfObject(o);
  if (!(t->flags & kTypeInherited)) [[unlikely]] return destroyFirst(o);
  t->dealloc(o);
}

extern "C" void krt_end_inert(Value v) { destroy(v.object()); }

/// The end of an object, and then krt_leave_locals of what is left: called by that alone.
extern "C" void krt_leave_dying(Object* o, Slot locals, Slot end) {
  destroy(o);
  krt_leave_locals(locals, static_cast<uint64_t>(end - locals));
}

} // namespace krait
