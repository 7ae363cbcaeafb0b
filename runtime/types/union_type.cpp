// types.UnionType: int | str.
#include <cstddef>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

UnionObject* asUnion(Value v) { return v.as<UnionObject>(); }

void clearUnion(Object* o) {
  clear(reinterpret_cast<UnionObject*>(o)->args);
  clear(reinterpret_cast<UnionObject*>(o)->parameters);
}
void deallocUnion(Object* o) {
  gcUntrack(o);
  clearUnion(o);
  freeObject(o);
}
int traverseUnion(Object* o, Visit visit, void* context) {
  auto* u = reinterpret_cast<UnionObject*>(o);
  if (int stop = visit(u->args, context)) return stop;
  return visit(u->parameters, context);
}

bool mayStand(Value v) { return isNone(v) || hasTypeFlag(v, kTypeType) || isGenericAlias(v) || isUnion(v); }

/// 1 if `v` is among the items, -1: error.
int32_t isAmong(Value list, Value v) {
  for (int64_t i = 0; i < asList(list)->size; ++i) {
    Value other = asList(list)->items[i];
    int32_t same = other == v;
    if (!same && isGenericAlias(other) && isGenericAlias(v)) same = equal(other, v);
    if (same) return same;
  }
  return 0;
}

int32_t addMembers(Value list, Value v) {
  if (isUnion(v)) {
    for (int64_t i = 0; i < asTuple(asUnion(v)->args)->size; ++i)
      if (addMembers(list, asTuple(asUnion(v)->args)->items[i]) < 0) return -1;
    return 0;
  }
  if (isNone(v)) v = asValue(&noneType);
  int32_t known = isAmong(list, v);
  return known ? (known < 0 ? -1 : 0) : listAppend(list, v);
}

Value reprUnion(Value self) {
  StrBuilder out;
  TupleObject* args = asTuple(asUnion(self)->args);
  for (int64_t i = 0; i < args->size; ++i) {
    if (i > 0) out.addAscii(" | ");
    if (!addTypeText(out, args->items[i])) return Value();
  }
  return out.take();
}

int64_t hashUnion(Value self) {
  Ref set(newFrozenSet(asUnion(self)->args));
  return set ? hash(set) : -1;
}

Value compareUnions(Value a, Value b, int op) {
  if (!isUnion(a) || !isUnion(b) || (op != kEq && op != kNe)) return notImplemented();
  Ref left(newSet(asUnion(a)->args)), right(left ? newSet(asUnion(b)->args) : Value());
  return right ? compare(left, right, static_cast<CompareOp>(op)) : Value();
}

/// The members of a | b, owned: a tuple, or the one that both are.
Value membersOf(Value a, Value b) {
  if (hasTypeFlag(a, kTypeType) && hasTypeFlag(b, kTypeType)) return a == b ? newRef(a) : newTuple({a, b});
  Ref list(newList(0));
  if (!list || addMembers(list, a) < 0 || addMembers(list, b) < 0) return Value();
  return asList(list)->size == 1 ? newRef(asList(list)->items[0]) : listToTuple(list);
}

/// isinstance / issubclass: `test` against each member, until one answers.
Value checkMembers(Value self, Value v, int32_t (*test)(Value, Value), const char* function) {
  TupleObject* args = asTuple(asUnion(self)->args);
  for (int64_t i = 0; i < args->size; ++i) {
    if (isGenericAlias(args->items[i]))
      return raise(TypeErrorType, "%s() argument 2 cannot be a parameterized generic", function);
    if (!hasTypeFlag(args->items[i], kTypeType)) continue;
    int32_t answer = test(v, args->items[i]);
    if (answer) return answer < 0 ? Value() : boolean(true);
  }
  return boolean(false);
}

Value instanceCheck(Value self, Value v) { return checkMembers(self, v, isInstance, "isinstance"); }
Value subclassCheck(Value self, Value v) {
  if (!hasTypeFlag(v, kTypeType)) return raise(TypeErrorType, "issubclass() arg 1 must be a class");
  return checkMembers(self, v, isSubclass, "issubclass");
}

/// Borrowed; null with an error.
Value parametersOf(Value self) {
  UnionObject* u = asUnion(self);
  if (!u->parameters) u->parameters = collectParameters(u->args);
  return u->parameters;
}
Value getParameters(Value self, void*) { return xnewRef(parametersOf(self)); }

Value subscript(Value self, Value item) {
  Value parameters = parametersOf(self);
  Ref args(parameters ? substituteParameters(self, asUnion(self)->args, parameters, item) : Value());
  if (!args) return Value();
  Ref result = Ref::share(asTuple(args)->items[0]);
  for (int64_t i = 1; i < asTuple(args)->size && result; ++i)
    result.reset(krt_or(result, asTuple(args)->items[i]));
  return result.release();
}

Value getAttribute(Value self, Value name) {
  if (name == NAME(__module__)) return getAttr(asValue(&unionType), name);
  return genericGetAttr(self, name);
}

const MethodDef methods[] = {
    {"__instancecheck__", instanceCheck},
    {"__subclasscheck__", subclassCheck},
    {},
};
const GetSetDef attributes[] = {{"__parameters__", getParameters}, {}};
const MemberDef members[] = {{"__args__", MemberKind::Object, offsetof(UnionObject, args), true}, {}};
const NumberSlots numberSlots = {.or_ = typeUnion};
const MappingSlots mappingSlots = {.subscript = subscript};

} // namespace

Value typeUnion(Value a, Value b) {
  if (!mayStand(a) || !mayStand(b)) return notImplemented();
  Ref args(membersOf(a, b));
  if (args && !isExactTuple(args)) return args.release();
  auto* u = args ? reinterpret_cast<UnionObject*>(newObject(&unionType.instanceLayout)) : nullptr;
  if (!u) return Value();
  u->args = args.release();
  gcTrack(&u->header);
  return Value(&u->header);
}

constinit Type unionType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "types.UnionType",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &unionType, .size = sizeof(UnionObject), .flags = kLayoutGc},
    .dealloc = deallocUnion,
    .traverse = traverseUnion,
    .clear = clearUnion,
    .repr = reprUnion,
    .hash = hashUnion,
    .getAttr = getAttribute,
    .compare = compareUnions,
    .number = &numberSlots,
    .mapping = &mappingSlots,
    .methods = methods,
    .getset = attributes,
    .members = members,
};

} // namespace krait
