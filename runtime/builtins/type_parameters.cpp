// PEP 695 at run time: what `def f[T: int]()`, `class C[T]` and `type A = …` make.
// Type variables come from the typing module; an alias is an object of our own,
// whose value is computed when somebody first asks.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

enum class ParameterKind : int32_t { TypeVar, ParamSpec, TypeVarTuple, Alias, Generic };

struct AliasObject {
  Object header;
  Value name, thunk, value, parameters; // value: null until computed
};

int aliasTraverse(Object* o, Visit visit, void* context) {
  auto* a = reinterpret_cast<AliasObject*>(o);
  for (Value v : {a->name, a->thunk, a->value, a->parameters})
    if (int stop = visit(v, context)) return stop;
  return 0;
}
void aliasClear(Object* o) {
  auto* a = reinterpret_cast<AliasObject*>(o);
  for (Value* v : {&a->name, &a->thunk, &a->value, &a->parameters}) clear(*v);
}
void aliasDealloc(Object* o) {
  gcUntrack(o);
  aliasClear(o);
  freeObject(o);
}

Value aliasRepr(Value self) { return newRef(self.as<AliasObject>()->name); }
Value aliasName(Value self, void*) { return newRef(self.as<AliasObject>()->name); }
Value aliasParameters(Value self, void*) { return newRef(self.as<AliasObject>()->parameters); }
Value aliasValue(Value self, void*) {
  auto* a = self.as<AliasObject>();
  if (!a->value) {
    Value made = call(a->thunk);
    if (!made) return Value();
    assign(a->value, made);
  }
  return newRef(a->value);
}
Value aliasSubscript(Value self, Value item) { return newGenericAlias(self, item); }

constinit const MappingSlots aliasMapping = {.subscript = aliasSubscript};
constinit const GetSetDef aliasAttributes[] = {
    {"__name__", aliasName},
    {"__type_params__", aliasParameters},
    {"__value__", aliasValue},
    {},
};

constinit Type typeAliasType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "typing.TypeAliasType",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &typeAliasType, .size = sizeof(AliasObject), .flags = kLayoutGc},
    .dealloc = aliasDealloc,
    .traverse = aliasTraverse,
    .clear = aliasClear,
    .repr = aliasRepr,
    .mapping = &aliasMapping,
    .getset = aliasAttributes,
};

Value newAlias(Value name, Value thunk, Value parameters) {
  Object* o = newObject(&typeAliasType.instanceLayout);
  if (!o) return Value();
  auto* a = reinterpret_cast<AliasObject*>(o);
  a->name = newRef(name);
  a->thunk = newRef(thunk);
  a->parameters = parameters ? newRef(parameters) : newRef(emptyTuple());
  gcTrack(o);
  return Value(o);
}

/// typing.TypeVar(name), with the bound or the constraints that the thunk computes.
Value newTypeVariable(Value factory, Value name, Value thunk) {
  if (!thunk) return call(factory, {name});
  Ref bound(call(thunk));
  if (!bound) return Value();
  if (isExactTuple(bound)) {
    Ref arguments(newTuple(asTuple(bound)->size + 1));
    if (!arguments) return Value();
    asTuple(arguments)->items[0] = newRef(name);
    for (int64_t i = 0; i < asTuple(bound)->size; ++i) asTuple(arguments)->items[i + 1] = newRef(asTuple(bound)->items[i]);
    return callTupleDict(factory, arguments, Value());
  }
  Ref keyword(internStr(std::string_view("bound")));
  Ref names(keyword ? newTuple({keyword.get()}) : Value());
  if (!names) return Value();
  Value words[2] = {name, bound};
  return call(factory, Args{words, 1, names});
}

/// Generic[parameters], where those that stand for many are unpacked.
Value newGenericBase(Value typing, Value parameters) {
  Ref generic(getAttr(typing, "Generic")), many(getAttr(typing, "TypeVarTuple"));
  if (!generic || !many) return Value();
  Ref arguments(newTuple(asTuple(parameters)->size));
  if (!arguments) return Value();
  for (int64_t i = 0; i < asTuple(parameters)->size; ++i) {
    const Value parameter = asTuple(parameters)->items[i];
    const int32_t isMany = isInstance(parameter, many);
    if (isMany < 0) return Value();
    Ref of(isMany ? iterate(parameter) : newRef(parameter));
    asTuple(arguments)->items[i] = !isMany ? of.release() : of ? next(of) : Value();
    if (!asTuple(arguments)->items[i]) return Value();
  }
  return getItem(generic, arguments);
}

} // namespace

extern "C" Value krt_typing_new(int32_t kind, Value name, Value boundOrValue, Value params) {
  auto which = static_cast<ParameterKind>(kind);
  if (which == ParameterKind::Alias) return newAlias(name, boundOrValue, params);
  Ref typing(importModule("typing"));
  if (!typing) return Value();
  switch (which) {
  case ParameterKind::Generic: return newGenericBase(typing, params);
  case ParameterKind::TypeVar: {
    Ref factory(getAttr(typing, "TypeVar"));
    return factory ? newTypeVariable(factory, name, boundOrValue) : Value();
  }
  default: {
    Ref factory(getAttr(typing, which == ParameterKind::ParamSpec ? "ParamSpec" : "TypeVarTuple"));
    return factory ? call(factory, {name}) : Value();
  }
  }
}

} // namespace krait
