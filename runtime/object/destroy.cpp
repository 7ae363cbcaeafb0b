// The end of an object whose count fell to zero.
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

void destroy(Object* o) {
  Type* t = typeOfObject(o);
  if (!(t->flags & kTypeInherited)) [[unlikely]] typeInherit(t);
  t->dealloc(o);
}

} // namespace krait
