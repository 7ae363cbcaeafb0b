// Assignment to `__bases__`: new MROs for the class and all below it, and back
// again if one of them cannot be.
#include <vector>

#include "runtime/object/class_build.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/descriptor_change.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/mro.h"
#include "runtime/object/slot_families.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

struct OldMro { Ref type, mro; };

/// New MROs from `t` downwards; what was replaced is remembered in `old`.
int32_t recomputeMro(Type* t, std::vector<OldMro>& old) {
  Value mro = requestMro(t);
  if (!mro) return -1;
  old.push_back({Ref::share(asValue(t)), Ref(t->mro)});
  t->mro = mro;
  std::vector<Ref> subs;
  forEachSubclass(
      t,
      [](Type* sub, void* context) {
        static_cast<std::vector<Ref>*>(context)->push_back(Ref::share(asValue(sub)));
        return true;
      },
      &subs);
  for (Ref& sub : subs)
    if (recomputeMro(sub.as<Type>(), old) < 0) return -1;
  return 0;
}

void updateSlotsBelow(Type* t) {
  const auto before = t->hash;
  slotsUpdateAll(t);
  // A class of named tuples gets bases when it is made: it hashes as a tuple before and after.
  if (before != tupleType.hash || t->hash != before) tupleHashesForget(t);
  forEachSubclass(t, [](Type* sub, void*) { updateSlotsBelow(sub); return true; }, nullptr);
}

void markRebased(Type* t) {
  t->flags |= kTypeRebased;
  forEachSubclass(t, [](Type* sub, void*) { markRebased(sub); return true; }, nullptr);
}

} // namespace

int32_t setBases(Type* t, Value bases) {
  Type* newBase = bestBase(bases);
  if (!newBase || !layoutsAgree(newBase, t->base, "__bases__")) return -1;
  Ref oldBases(t->bases), oldBase(asValue(t->base));
  t->bases = newRef(bases);
  t->base = newBase;
  incref(asValue(newBase));
  typeModified(t);
  std::vector<OldMro> old;
  if (recomputeMro(t, old) < 0) {
    for (OldMro& o : old) {
      Ref failed(o.type.as<Type>()->mro);
      o.type.as<Type>()->mro = o.mro.release();
    }
    // A custom mro() may have assigned the bases meanwhile: then those stay.
    if (t->bases == bases) {
      Ref rejected(t->bases), rejectedBase(asValue(t->base));
      t->bases = oldBases.release();
      t->base = oldBase.release().as<Type>();
    }
    typeModified(t);
    return -1;
  }
  if (t->bases == bases) {
    for (int64_t i = 0; i < asTuple(oldBases)->size; ++i) removeSubclass(asTuple(oldBases)->items[i].as<Type>(), t);
    for (int64_t i = 0; i < asTuple(bases)->size; ++i)
      if (addSubclass(asTuple(bases)->items[i].as<Type>(), t) < 0) return -1;
    t->intact = 0;
    markRebased(t);
    const TernaryFn get = t->descrGet;
    const auto set = t->descrSet;
    updateSlotsBelow(t);
    if (t->descrGet != get || t->descrSet != set) forgetDescriptorsOf(t);
  }
  leaveSlotFamilies(t);
  typeModified(t);
  return 0;
}

} // namespace krait
