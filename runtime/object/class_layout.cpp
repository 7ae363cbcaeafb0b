// Layout rules of classes.
#include "runtime/object/class_layout.h"

#include <algorithm>

#include "runtime/memory/alloc.h"
#include "runtime/object/descriptor_change.h"
#include "runtime/object/loose_instances.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/shown_sizes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

/// Adds parts to its base's instances that another base may not share. Inline attribute slots never count:
/// they can be anywhere.
bool addsState(const Type* t) {
  const Type* base = t->base;
  if (!base) return false;
  if (isHeapType(t)) return asHeap(t)->memberCount > 0;
  return t->instanceLayout.size != base->instanceLayout.size || t->instanceLayout.itemSize != base->instanceLayout.itemSize;
}

bool addsDict(const Type* t) { return t->instanceLayout.dictOffset && !t->base->instanceLayout.dictOffset; }
bool addsWeakrefs(const Type* t) { return t->instanceLayout.weakOffset && !t->base->instanceLayout.weakOffset; }
bool isCollected(const Type* t) { return t->instanceLayout.flags & kLayoutGc; }

/// The class differs from its base in behaviour only.
bool isLikeBase(const Type* t) {
  const Type* base = t->base;
  return base && !addsState(t) && !addsDict(t) && !addsWeakrefs(t) && isCollected(t) == isCollected(base);
}

/// As in CPython, whose dict stands behind the items there.
bool hasItems(const Type* t) {
  if (isHeapType(t)) t = asHeap(t)->builtinBase;
  const ShownSize* shown = shownSizeOf(t);
  return (shown ? shown->item : t->instanceLayout.itemSize) != 0;
}

bool sameAdditions(const Type* a, const Type* b) {
  if (addsDict(a) && hasItems(a->base)) return false;
  if (addsDict(a) != addsDict(b) || addsWeakrefs(a) != addsWeakrefs(b) || isCollected(a) != isCollected(b)) return false;
  if (!isHeapType(a) || !isHeapType(b)) return !addsState(a) && !addsState(b);
  Value left = asHeap(a)->slotNames, right = asHeap(b)->slotNames;
  int64_t n = left ? asTuple(left)->size : 0;
  if (n != (right ? asTuple(right)->size : 0)) return false;
  for (int64_t i = 0; i < n; ++i)
    if (!strEqual(asTuple(left)->items[i], asTuple(right)->items[i])) return false;
  return true;
}

} // namespace

const Type* solidBase(const Type* t) {
  for (; t->base; t = t->base)
    if (addsState(t)) return t;
  return t;
}

Type* bestBase(Value bases) {
  Type* best = nullptr;
  const Type* winner = nullptr;
  for (int64_t i = 0; i < asTuple(bases)->size; ++i) {
    Value v = asTuple(bases)->items[i];
    if (!hasTypeFlag(v, kTypeType)) {
      raise(TypeErrorType, "bases must be types");
      return nullptr;
    }
    Type* base = v.as<Type>();
    if (!(base->flags & kTypeReady)) typeReady(base);
    if (!(base->flags & kTypeBaseType)) {
      raise(TypeErrorType, "type '%.100s' is not an acceptable base type", base->name);
      return nullptr;
    }
    const Type* candidate = solidBase(base);
    if (!winner || (!isSubtype(winner, candidate) && isSubtype(candidate, winner))) {
      winner = candidate;
      best = base;
    } else if (!isSubtype(winner, candidate)) {
      raise(TypeErrorType, "multiple bases have instance lay-out conflict");
      return nullptr;
    }
  }
  return best;
}

bool layoutsAgree(const Type* newType, const Type* oldType, const char* attribute) {
  const Type *a = newType, *b = oldType;
  while (isLikeBase(a)) a = a->base;
  while (isLikeBase(b)) b = b->base;
  if (a == b || (a->base && a->base == b->base && sameAdditions(a, b))) return true;
  // In CPython instances of all classes made in Python are freed as collected ones.
  auto isCollected = [](const Type* t) { return isHeapType(t) || t->instanceLayout.flags & kLayoutGc; };
  const bool freedAlike = isCollected(newType) == isCollected(oldType);
  raise(TypeErrorType, "%s assignment: '%s' %s differs from '%s'", attribute, newType->name, freedAlike ? "object layout" : "deallocator", oldType->name);
  return false;
}

/// A named tuple that has perhaps no room for all fields of its new class: nobody may look for them in words.
bool lacksItems(const Object* o, const Type* from, const Type* to) {
  const uint32_t wanted = asHeap(to)->itemWords;
  return wanted && (o->layout->flags & kLayoutForeign || !isHeapType(from) || asHeap(from)->itemWords < wanted);
}

int32_t assignClass(Value self, Value v, void*) {
  if (!v) return fail(TypeErrorType, "can't delete __class__ attribute");
  if (!hasTypeFlag(v, kTypeType))
    return fail(TypeErrorType, "__class__ must be set to a class, not '%s' object", typeOf(v)->name);
  Type *to = v.as<Type>(), *from = typeOf(self);
  if (!(to->flags & kTypeReady)) typeReady(to);
  if (!(from->flags & kTypeReady)) typeReady(from);
  bool modules = isSubtype(to, &moduleType) && isSubtype(from, &moduleType);
  if (!modules && ((to->flags | from->flags) & kTypeImmutable))
    return fail(TypeErrorType, "__class__ assignment only supported for mutable types or ModuleType subclasses");
  if (!layoutsAgree(to, from, "__class__")) return -1;
  Object* o = self.object();
  if (isLoose(o)) linkInstance(o);
  if (o->layout->slotCount) {
    // What is in the slots moves into the dict; the new layout has none.
    Value d = instanceDict(o);
    if (!d) return -1;
    if (asDict(d)->owner == o) dictAdoptValues(d);
  }
  incref(v);
  o->layout = isHeapType(to) && (to->instanceLayout.slotCount || lacksItems(o, from, to)) ? to->foreignLayout : &to->instanceLayout;
  if (from->hash != to->hash) tupleHashesForget(from);
  if (from->descrGet != to->descrGet || from->descrSet != to->descrSet) forgetDescriptor(self);
  decref(asValue(from));
  return 0;
}

int64_t basicSize(const Type* t) {
  if (const ShownSize* s = shownSizeOf(t)) return s->basic;
  if (!isHeapType(t)) {
    if ((t->flags & kTypeException) && t->base) {
      auto extra = static_cast<int64_t>(t->instanceLayout.size) - static_cast<int64_t>(BaseExceptionType.instanceLayout.size);
      return 72 + std::max<int64_t>(extra, 0) + (t->instanceLayout.weakOffset ? 8 : 0);
    }
    return t->instanceLayout.size;
  }
  int64_t size = basicSize(t->base) + 8 * asHeap(t)->memberCount;
  if (addsWeakrefs(t)) size += 8;
  if (addsDict(t) && itemSize(t)) size += 8;
  return size;
}

int64_t itemSize(const Type* t) {
  for (; t; t = t->base)
    if (const ShownSize* s = shownSizeOf(t)) return s->item;
  return 0;
}

int64_t dictOffsetShown(const Type* t) {
  if (!t->instanceLayout.dictOffset) return 0;
  if (t == &typeType || isSubtype(t, &typeType)) return 264;
  if (!isHeapType(t)) return t->instanceLayout.dictOffset;
  if (itemSize(t)) return -8;
  return t->instanceLayout.dictOffset == kPrefixDictOffset ? -basicSize(t) - 24 : t->instanceLayout.dictOffset;
}

int64_t weakrefOffsetShown(const Type* t) {
  if (!t->instanceLayout.weakOffset) return 0;
  if (isSubtype(t, &typeType)) return 368;
  const Type* owner = t;
  while (owner->base && owner->base->instanceLayout.weakOffset) owner = owner->base;
  return isHeapType(owner) || owner->instanceLayout.flags & kLayoutPrefix ? basicSize(owner) - 8 : owner->instanceLayout.weakOffset;
}

int64_t headerSizeShown(const Type* t) {
  const ShownSize* shown = isHeapType(t) ? nullptr : shownSizeOf(t);
  int64_t size = isHeapType(t) || (shown ? shown->isCollected : isCollected(t)) ? 16 : 0;
  if (t->instanceLayout.dictOffset == kPrefixDictOffset && !itemSize(t)) size += 16;
  return size;
}

bool hasUnknownState(const Type* t, int64_t slotNames, bool hasDict) {
  int64_t known = 16;
  if (hasDict && t->instanceLayout.dictOffset && (t->instanceLayout.dictOffset != kPrefixDictOffset || itemSize(t))) known += 8;
  if (t->instanceLayout.weakOffset) known += 8;
  return basicSize(t) > known + 8 * slotNames;
}

} // namespace krait
