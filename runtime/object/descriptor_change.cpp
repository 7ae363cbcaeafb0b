#include "runtime/object/descriptor_change.h"

#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slot_families.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/dict.h"

namespace krait {

namespace {

struct Sought {
  const Type* type; // values of this class, or
  Value value;      // this one
};

bool holds(const Type* t, const Sought& sought) {
  int64_t position = 0;
  Value key, v;
  while (t->dict && dictNext(t->dict, &position, &key, &v))
    if (sought.type ? isSubtype(typeOf(v), sought.type) : v == sought.value) return true;
  return false;
}

bool forgetIn(Type* t, void* context) {
  if (holds(t, *static_cast<const Sought*>(context))) {
    typeModified(t);
    leaveSlotFamilies(t);
  }
  return forEachSubclass(t, forgetIn, context);
}

} // namespace

bool isDescriptorMethod(Value name) { return name == NAME(__get__) || name == NAME(__set__) || name == NAME(__delete__); }

void forgetDescriptorsOf(Type* t) {
  Sought sought{t, {}};
  forgetIn(&objectType, &sought);
}

void forgetDescriptor(Value o) {
  Sought sought{nullptr, o};
  forgetIn(&objectType, &sought);
}

} // namespace krait
