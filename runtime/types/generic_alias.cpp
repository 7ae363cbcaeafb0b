// types.GenericAlias: a class with type arguments, which otherwise behaves as the class.
#include "runtime/types/generic_alias.h"
#include <cstddef>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/types/iterators.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

GenericAliasObject* asAlias(Value v) { return v.as<GenericAliasObject>(); }

void clearAlias(Object* o) {
  auto* a = reinterpret_cast<GenericAliasObject*>(o);
  clear(a->origin);
  clear(a->args);
  clear(a->parameters);
}
void deallocAlias(Object* o) {
  gcUntrack(o);
  if (reinterpret_cast<GenericAliasObject*>(o)->weakrefs) clearWeakrefs(o);
  clearAlias(o);
  freeObject(o);
}
int traverseAlias(Object* o, Visit visit, void* context) {
  auto* a = reinterpret_cast<GenericAliasObject*>(o);
  for (Value v : {a->origin, a->args, a->parameters})
    if (int stop = visit(v, context)) return stop;
  return 0;
}

Value makeAlias(Value origin, Value args, bool starred, Type* type = &genericAliasType) {
  Ref tuple = isTuple(args) ? Ref::share(args) : Ref(newTuple({args}));
  Value made = tuple ? allocateOf(type, 0) : Value();
  if (!made) return Value();
  GenericAliasObject* a = asAlias(made);
  a->origin = newRef(origin);
  a->args = tuple.release();
  a->starred = starred;
  gcTrack(&a->header);
  return Value(&a->header);
}

Value reprAlias(Value self) {
  GenericAliasObject* a = asAlias(self);
  StrBuilder out;
  if (a->starred) out.add('*');
  if (!addTypeText(out, a->origin)) return Value();
  out.add('[');
  for (int64_t i = 0; i < asTuple(a->args)->size; ++i) {
    if (i > 0) out.addAscii(", ");
    if (asTuple(a->args)->items[i] == asValue(&noneType)) out.addAscii("NoneType");
    else if (!addTypeText(out, asTuple(a->args)->items[i])) return Value();
  }
  if (asTuple(a->args)->size == 0) out.addAscii("()");
  out.add(']');
  return out.take();
}

int64_t hashAlias(Value self) {
  int64_t origin = hash(asAlias(self)->origin);
  if (origin == -1) return -1;
  int64_t args = hash(asAlias(self)->args);
  return args == -1 ? -1 : origin ^ args;
}

Value compareAliases(Value a, Value b, int op) {
  if (!isGenericAlias(a) || !isGenericAlias(b) || (op != kEq && op != kNe)) return notImplemented();
  int32_t same = asAlias(a)->starred == asAlias(b)->starred;
  if (same) same = equal(asAlias(a)->origin, asAlias(b)->origin);
  if (same > 0) same = equal(asAlias(a)->args, asAlias(b)->args);
  return same < 0 ? Value() : boolean((op == kEq) == (same != 0));
}

Value callAlias(Value self, const Args& args) {
  Ref made(call(asAlias(self)->origin, args));
  if (made && setAttr(made, NAME(__orig_class__), self) < 0 && !errorClearIf(AttributeErrorType) &&
      !errorClearIf(TypeErrorType))
    return Value();
  return made.release();
}

/// Attributes of the alias itself; all others are the class's.
constexpr const char* kOwn[] = {"__class__", "__origin__", "__args__", "__unpacked__", "__parameters__",
                                "__typing_unpacked_tuple_args__", "__mro_entries__", "__reduce_ex__", "__reduce__",
                                "__copy__", "__deepcopy__"};

Value getAttribute(Value self, Value name) {
  for (const char* own : kOwn)
    if (strEqual(name, own)) return genericGetAttr(self, name);
  return getAttr(asAlias(self)->origin, name);
}

/// Borrowed; null with an error.
Value parametersOf(Value self) {
  GenericAliasObject* a = asAlias(self);
  if (!a->parameters) a->parameters = collectParameters(a->args);
  return a->parameters;
}
Value getParameters(Value self, void*) { return xnewRef(parametersOf(self)); }

Value subscript(Value self, Value item) {
  Value parameters = parametersOf(self);
  if (!parameters) return Value();
  Ref args(substituteParameters(self, asAlias(self)->args, parameters, item));
  return args ? makeAlias(asAlias(self)->origin, args, asAlias(self)->starred) : Value();
}

Value mroEntries(Value self, Value) { return newTuple({asAlias(self)->origin}); }
Value instanceCheck(Value, Value) {
  return raise(TypeErrorType, "isinstance() argument 2 cannot be a parameterized generic");
}
Value subclassCheck(Value, Value) {
  return raise(TypeErrorType, "issubclass() argument 2 cannot be a parameterized generic");
}

Value reduce(Value self) {
  GenericAliasObject* a = asAlias(self);
  if (a->starred) {
    Ref plain(makeAlias(a->origin, a->args, false));
    Ref iterator(plain ? iterate(plain) : Value());
    Ref builtins(iterator ? importModule("builtins") : Value());
    Ref nextFunction(builtins ? getAttr(builtins, "next") : Value());
    Ref arguments(nextFunction ? newTuple({iterator}) : Value());
    return arguments ? newTuple({nextFunction, arguments}) : Value();
  }
  Ref arguments(newTuple({a->origin, a->args}));
  return arguments ? newTuple({asValue(&genericAliasType), arguments}) : Value();
}

Value dir(Value self) {
  Ref function(builtinByName("dir"));
  Ref list(function ? call(function, {asAlias(self)->origin}) : Value());
  for (const char* own : kOwn) {
    Ref name(list ? newStr(own) : Value());
    const int32_t known = name ? contains(list, name) : -1;
    if (known < 0 || (!known && listAppend(list, name) < 0)) return Value();
  }
  return list && listSort(list, Value(), false) == 0 ? list.release() : Value();
}

/// One item: the starred form.
struct AliasIterator {
  Object header;
  Value alias; // null when done
};
void deallocIterator(Object* o) {
  gcUntrack(o);
  clear(reinterpret_cast<AliasIterator*>(o)->alias);
  freeObject(o);
}
int traverseIterator(Object* o, Visit visit, void* context) {
  return visit(reinterpret_cast<AliasIterator*>(o)->alias, context);
}
Value nextStarred(Value self) {
  Ref alias(self.as<AliasIterator>()->alias);
  self.as<AliasIterator>()->alias = Value();
  return alias ? makeAlias(asAlias(alias)->origin, asAlias(alias)->args, true) : Value();
}
Value iterSelf(Value self) { return newRef(self); }

Value reduceIterator(Value self) {
  Ref function(builtinByName("iter"));
  Value alias = self.as<AliasIterator>()->alias;
  Ref arguments(function ? newTuple({alias ? alias : emptyTuple()}) : Value());
  return arguments ? newTuple({function, arguments}) : Value();
}
constexpr MethodDef iteratorMethods[] = {{"__reduce__", reduceIterator}, {}};

constinit Type aliasIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "generic_alias_iterator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &aliasIteratorType, .size = sizeof(AliasIterator), .flags = kLayoutGc},
    .dealloc = deallocIterator,
    .traverse = traverseIterator,
    .iter = iterSelf,
    .next = nextStarred,
    .methods = iteratorMethods,
};

Value iterAlias(Value self) {
  auto* iterator = reinterpret_cast<AliasIterator*>(newObject(&aliasIteratorType.instanceLayout));
  if (!iterator) return Value();
  iterator->alias = newRef(self);
  gcTrack(&iterator->header);
  return Value(&iterator->header);
}

Value construct(Type* type, const Args& args) {
  if (checkPositional("GenericAlias", args, 2, 2) < 0) return Value();
  return makeAlias(args[0], args[1], false, type);
}

Value getUnpackedArgs(Value self, void*) {
  GenericAliasObject* a = asAlias(self);
  return newRef(a->starred && a->origin == asValue(&tupleType) ? a->args : none());
}

const MethodDef methods[] = {
    {"__mro_entries__", mroEntries},
    {"__instancecheck__", instanceCheck},
    {"__subclasscheck__", subclassCheck},
    {"__reduce__", reduce},
    {"__dir__", dir},
    {},
};
const GetSetDef attributes[] = {
    {"__parameters__", getParameters},
    {"__typing_unpacked_tuple_args__", getUnpackedArgs},
    {},
};
const MemberDef members[] = {
    {"__origin__", MemberKind::Object, offsetof(GenericAliasObject, origin), true},
    {"__args__", MemberKind::Object, offsetof(GenericAliasObject, args), true},
    {"__unpacked__", MemberKind::Bool, offsetof(GenericAliasObject, starred), true},
    {},
};
const NumberSlots numberSlots = {.or_ = typeUnion};
const MappingSlots mappingSlots = {.subscript = subscript};

} // namespace

Value newGenericAlias(Value origin, Value args) { return makeAlias(origin, args, false); }

constinit Type genericAliasType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "types.GenericAlias",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &genericAliasType, .size = sizeof(GenericAliasObject), .flags = kLayoutGc,
                       .weakOffset = offsetof(GenericAliasObject, weakrefs)},
    .dealloc = deallocAlias,
    .traverse = traverseAlias,
    .clear = clearAlias,
    .repr = reprAlias,
    .hash = hashAlias,
    .call = callAlias,
    .getAttr = getAttribute,
    .compare = compareAliases,
    .iter = iterAlias,
    .construct = construct,
    .number = &numberSlots,
    .mapping = &mappingSlots,
    .methods = methods,
    .getset = attributes,
    .members = members,
};

} // namespace krait
