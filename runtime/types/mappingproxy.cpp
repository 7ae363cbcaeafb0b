// mappingproxy: a read-only view of a mapping; what `cls.__dict__` is.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

Value mappingOf(Value v) { return v.as<MappingProxyObject>()->mapping; }

void dealloc(Object* o) {
  gcUntrack(o);
  decref(mappingOf(o));
  freeObject(o);
}
int traverse(Object* o, Visit visit, void* context) { return visit(mappingOf(o), context); }

Value construct(Type* t, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments("mappingproxy", "(mapping)", args, argv, 1, holder) < 0) return {};
  if (!isMapping(argv[0]) || isList(argv[0]) || isTuple(argv[0]))
    return raise(TypeErrorType, "mappingproxy() argument must be a mapping, not %s", typeOf(argv[0])->name);
  return newMappingProxy(argv[0]);
}

int64_t lengthOf(Value v) { return length(mappingOf(v)); }
Value subscript(Value v, Value key) { return getItem(mappingOf(v), key); }
int32_t has(Value v, Value key) {
  Value m = mappingOf(v);
  return isExactDict(m) ? dictContains(m, key) : contains(m, key);
}
Value iterateOver(Value v) { return iterate(mappingOf(v)); }
Value reprOf(Value v) { return formatText("mappingproxy(%R)", mappingOf(v)); }
Value strOf(Value v) { return str(mappingOf(v)); }
Value compareWith(Value a, Value b, int op) {
  return compare(mappingOf(a), isExact(b, mappingproxyType) ? mappingOf(b) : b, static_cast<CompareOp>(op));
}
Value unwrapped(Value v) { return isExact(v, mappingproxyType) ? mappingOf(v) : v; }
Value unite(Value a, Value b) { return binary(unwrapped(a), unwrapped(b), &NumberSlots::or_, "|"); }
Value uniteInto(Value v, Value other) {
  return raise(TypeErrorType, "'|=' is not supported by %s; use '|' instead", typeOf(v)->name);
}

Value get(Value v, const Value* argv) {
  return callMethod(mappingOf(v), NAME(get), {argv[0], argv[1] ? argv[1] : none()});
}
Value keys(Value v) { return callMethod(mappingOf(v), NAME(keys)); }
Value values(Value v) { return callMethod(mappingOf(v), NAME(values)); }
Value items(Value v) { return callMethod(mappingOf(v), NAME(items)); }
Value copy(Value v) { return callMethod(mappingOf(v), NAME(copy)); }
Value reversed(Value v) { return callMethod(mappingOf(v), NAME(__reversed__)); }

constexpr MethodDef methods[] = {
    {"get", get, "($self, key, default=None, /)", kMethodUnsigned},
    {"keys", keys},
    {"values", values},
    {"items", items},
    {"copy", copy},
    {"__class_getitem__", newGenericAlias, "($type, object, /)", kMethodClass | kMethodUnsigned},
    {"__reversed__", reversed},
    {},
};
constexpr MappingSlots mapping = {.length = lengthOf, .subscript = subscript};
constexpr SequenceSlots sequence = {.contains = has};
constexpr NumberSlots number = {.or_ = unite, .ior = uniteInto};

} // namespace

Value newMappingProxy(Value m) {
  Object* o = newObject(&mappingproxyType.instanceLayout);
  if (!o) return {};
  reinterpret_cast<MappingProxyObject*>(o)->mapping = newRef(m);
  gcTrack(o);
  return o;
}

constinit Type mappingproxyType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "mappingproxy",
    .flags = kTypeMapping | kTypeOwnGetAttr,
    .instanceLayout = {.type = &mappingproxyType, .size = sizeof(MappingProxyObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .repr = reprOf,
    .str = strOf,
    .compare = compareWith,
    .iter = iterateOver,
    .construct = construct,
    .number = &number,
    .sequence = &sequence,
    .mapping = &mapping,
    .methods = methods,
};

} // namespace krait
