// Shapes: names that compiled code expects in words of one object, which it asks for all of them at once
// (docs/optimiser.md). Here they learn where the objects that come keep these, and which classes have the methods that they expect.
#include <algorithm>
#include <iterator>
#include <utility>
#include "runtime/object/attributes.h"
#include "runtime/object/cache_fill.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/loose_instances.h"
#include "runtime/object/method_rows.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slot_families.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/super.h"

namespace krait {

namespace {

/// Where objects of several classes come in turn, learning would take longer than all that a shape could save: after
/// a while only now and then one more lesson is given. A collision makes a shape learn a little less, or more.
bool isTaughtInVain(const Shape* shape) {
  struct Lessons {
    const Shape* shape;
    uint32_t count;
  };
  constexpr uint32_t kEnough = 64, kNowAndThen = 256;
  static Lessons lessons[256];
  Lessons& of = lessons[reinterpret_cast<uint64_t>(shape) / alignof(Shape) / 4 % std::size(lessons)];
  if (of.shape != shape) of = {shape, 0};
  return ++of.count > kEnough && of.count % kNowAndThen;
}

/// Whether objects of this class and layout keep all of the shape's names in words where nothing hides them; the shape knows then.
bool learnShape(Type* t, const Layout* l, Shape* shape) {
  if (!isHeapType(t) || t->flags & kTypeType || !findsPlainly(t) || (shape->isWritten && t->setAttr != genericSetAttr)) return false;
  shape->where = shape->family = 0;
  uint32_t where = 0; // the family of the class lowest down keeps the words of those above, too
  for (uint64_t n = 0; n < shape->count; ++n) {
    Value found = typeLookup(t, shape->names[n]);
    if (found && isExact(found, tupleGetterType)) { // a field of a named tuple: null behind the end of an instance that is too short
      const int64_t index = found.as<TupleGetter>()->index;
      const uint32_t own = ownFamilyOf(l);
      if (shape->isWritten || !own || index < 0 || index >= asHeap(t)->itemWords) return false;
      shape->offsets[n] = offsetof(TupleObject, items) + 8 * static_cast<uint64_t>(index);
      where = std::max(where, own);
      continue;
    }
    if (found && readyTypeOf(found)->descrSet) {
      if (!isWordMember(found, t)) return false;
      shape->offsets[n] = memberOffset(found);
    } else {
      const int32_t slot = inlineSlotNamed(l, shape->names[n]);
      if (slot < 0) return false;
      shape->offsets[n] = l->slotOffset + 8 * static_cast<uint64_t>(slot);
    }
    const uint32_t owner = slotFamilyOf(l, shape->offsets[n]);
    if (!owner) return false;
    where = std::max(where, owner);
  }
  shape->order = packsOrder(l) && shape->count <= l->slotCount ? orderOfFirst(shape->count) : 0;
  for (uint64_t n = 0; n < shape->count; ++n)
    if (shape->offsets[n] != l->slotOffset + 8 * n) shape->order = 0;
  shape->where = where;
  shape->family = reinterpret_cast<const uint64_t*>(l)[where];
  return true;
}

/// Compiled code finds the class where it can: the object's dict is where most have it, or there is none, unless nobody asks for that.
void remember(ExpectedMethods& m, const Layout* l) {
  const uint64_t version = versionOf(l), at = ExpectedMethods::place(version);
  const bool isOfClass = m.count == m.ofClass;
  if (m.versions[at] != ExpectedMethods::kNobody || !(isOfClass || !l->dictOffset || l->dictOffset == kPrefixDictOffset)) m.others[at] = version;
  else m.versions[at] = isOfClass || l->dictOffset ? version : version | ExpectedMethods::kWithoutDict;
}

const FunctionObject* functionOf(Type* t, const Layout* l, const ExpectedMethods& m, const ExpectedMethod& expected);

/// What super().name is in a method that the class has; null: no function, or the method knows no class in the order of this one.
const FunctionObject* functionBehind(Type* t, const Layout* l, const ExpectedMethods& m, const ExpectedMethod& expected) {
  const FunctionObject* caller = functionOf(t, l, m, m.list[expected.after]);
  const Value cls = caller ? classCellOf(caller) : Value();
  if (!cls || !(typeOf(cls)->flags & kTypeType) || !isSubtype(t, cls.as<Type>()) || expected.name == NAME(__class__)) return nullptr;
  const Value found = superFind(cls.as<Type>(), t, expected.name);
  if (!found) errorClear();
  return found && isFunction(found) ? found.as<FunctionObject>() : nullptr;
}

/// The name that an operator asks a class for: of an augmented assignment, for which it has nothing, the plain operator's.
Value askedOf(Type* t, Value name) {
  const std::pair<Value, Value> augmented[] = {
#define KRAIT_BINARY_OPERATOR(Name, name) {NAME(__i##name##__), NAME(__##name##__)},
#include "runtime/abi/binary_operators.def"
  };
  const auto* row = std::ranges::find(augmented, name, &std::pair<Value, Value>::first);
  return row == std::end(augmented) || typeLookup(t, name) ? name : row->second;
}

/// Behind what a class has under the name, where asking for it runs no more than that says; null: something else is there.
const FunctionObject* functionOf(Type* t, const Layout* l, const ExpectedMethods& m, const ExpectedMethod& expected) {
  if (expected.kind == MethodKind::Super) return functionBehind(t, l, m, expected);
  if (expected.kind == MethodKind::Method || expected.kind == MethodKind::Operator) {
    const Value name = expected.kind == MethodKind::Operator ? askedOf(t, expected.name) : expected.name;
    const MethodRow& row = methodRow(l, name);
    return row.name == name ? row.function : learnMethod(l, name);
  }
  if (expected.kind == MethodKind::Setter ? t->setAttr != genericSetAttr : !findsPlainly(t)) return nullptr;
  const Value found = typeLookup(t, expected.name);
  Value function;
  if (expected.kind == MethodKind::Static) {
    if (found && isExact(found, staticmethodType) && inlineSlotNamed(l, expected.name) < 0) function = found.as<MethodWrapObject>()->callable;
  } else if (found && isExact(found, propertyType)) {
    function = expected.kind == MethodKind::Getter ? found.as<PropertyObject>()->getter : found.as<PropertyObject>()->setter;
  }
  return function && isFunction(function) ? function.as<FunctionObject>() : nullptr;
}

/// In its class as it is, whatever asking for it runs.
bool hasMethods(Type* t, const Layout* l, const ExpectedMethods& m) {
  const uint64_t version = typeVersion(t);
  for (uint64_t n = 0; n < m.count; ++n) {
    const ExpectedMethod& expected = m.list[n];
    const FunctionObject* f = functionOf(t, l, m, expected);
    if (!f || (expected.entry ? f->entry != expected.entry : f->code != expected.code) || (expected.asWritten && !f->isAsWritten)) return false;
  }
  return version && t->version == version;
}

/// Of the names, and where they are: as the shape knows it, or learns now.
bool keepsNames(Type* t, const Layout* l, Shape* shape) {
  if (!shape->count || (shape->family && reinterpret_cast<const uint64_t*>(l)[shape->where] == shape->family)) return true;
  if (isTaughtInVain(shape)) return false;
  shape->methods->forget();
  return learnShape(t, l, shape);
}

/// Of a shape that expects methods; what it did not know. More classes than there is room for are asked each time.
[[gnu::noinline]] bool meets(Object* o, Shape* shape) {
  const Layout* l = o->layout;
  Type* t = l->type;
  if (!isHeapType(t) || t->flags & kTypeType || l->flags & kLayoutForeign) return false;
  ExpectedMethods& m = *shape->methods;
  if (hasOwnDict(o, l) && !hidesOnlySlots(o, l)) // else what has no slot, as no method has
    for (uint64_t n = 0; n < m.count - m.ofClass; ++n)
      if (instanceHides(o, m.list[n].name)) return false;
  if (!keepsNames(t, l, shape) || !hasMethods(t, l, m)) return false;
  remember(m, l);
  return true;
}

/// Of a shape that expects methods, an __init__ among them: a class that makes instances in the usual way, which begin as that says. A metaclass
/// of its own is asked each time, as the version says nothing about it.
bool makesAsExpected(Value cls, Shape* shape) {
  if (!cls.isPointer() || !(typeOf(cls)->flags & kTypeType)) return false;
  Type* t = cls.as<Type>();
  if (!isHeapType(t) || !krt_known_init(cls)) return false; // which is the __init__ that the class has
  const HeapType* h = asHeap(t);
  const Layout* l = &t->instanceLayout;
  if (!h->onlyWords || t->finalize) return false; // who is never made would never be finalised
  if (!keepsNames(t, l, shape) || !hasMethods(t, l, *shape->methods)) return false;
  if (cls.object()->layout == &typeType.instanceLayout) remember(*shape->methods, l);
  return true;
}

} // namespace

// Where the names are found now, or in the instance itself.
Value instanceFilledAnew(Value cls, const Shape* shape, Slot values) {
  Type* t = cls.as<Type>();
  Ref made(allocateInstance(t, 0));
  bool isFilled = static_cast<bool>(made);
  for (uint64_t n = 0; n < shape->count; ++n) {
    Value found = isFilled ? typeLookup(t, shape->names[n]) : Value();
    if (found && isWordMember(found, t)) {
      instanceHolds(made.get().object(), values[n]);
      *wordAt(made.get().object(), static_cast<int64_t>(memberOffset(found))) = values[n];
      continue;
    }
    isFilled = isFilled && instanceSet(made.get().object(), shape->names[n], values[n]) >= 0;
    decref(values[n]);
  }
  return isFilled ? made.release() : Value();
}

extern "C" {

int32_t krt_shape_learn(Value o, Shape* shape) {
  if (const ExpectedMethods* m = shape->methods) {
    if (!o.isPointer()) return 0;
    const Layout* l = o.object()->layout;
    const uint64_t version = versionOf(l);
    if (m->others[ExpectedMethods::place(version)] == version && (m->count == m->ofClass || !hasOwnDict(o.object(), l) || hidesOnlySlots(o.object(), l))) [[likely]]
      return 1;
    if (m->versions[ExpectedMethods::place(version)] == (version | ExpectedMethods::kWithoutDict)) return 1;
    return meets(o.object(), shape);
  }
  if (isTaughtInVain(shape)) return 0;
  return o.isPointer() && isUsual(o.object()) && learnShape(typeOf(o), o.object()->layout, shape);
}

int32_t krt_class_fits_slow(Value cls, Shape* shape) {
  if (shape->methods) return makesAsExpected(cls, shape);
  Type* t = cls.as<Type>();
  return learnShape(t, &t->instanceLayout, shape);
}

} // extern "C"

} // namespace krait
