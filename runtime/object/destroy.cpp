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

} // namespace krait
