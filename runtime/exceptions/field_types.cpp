// Exception classes with fields of their own: StopIteration, SystemExit, KeyError, NameError, AttributeError, ImportError.
#include "runtime/exceptions/base_exception.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace exceptions {
namespace {

template <class T> T* as(Value v) { return static_cast<T*>(asException(v)); }

#define FIELD(Struct, name, field) \
  {name, MemberKind::ObjectNone, static_cast<uint32_t>(__builtin_offsetof(Struct, field)), false}
#pragma clang diagnostic ignored "-Winvalid-offsetof"

/// The fields of `args` without keywords, given to baseInit.
int32_t initPositional(Value self, const Args& args) {
  Args positional{args.values, args.count, Value()};
  return baseInit(self, positional);
}

/// Assigns keyword arguments to fields: names[i] goes to *fields[i], the others are emptied. TypeError for any other name.
int32_t assignKeywords(const char* callee, const Args& args, std::initializer_list<Value> names,
                       std::initializer_list<Value*> fields) {
  for (Value* field : fields) clear(*field);
  if (const size_t most = names.size(); args.nameCount() > most)
    return fail(TypeErrorType, "%s takes at most %zu keyword argument%s (%zu given)", callee, most, most == 1 ? "" : "s", args.nameCount());
  for (size_t i = 0; i < args.nameCount(); ++i) {
    Value given = asTuple(args.names)->items[i];
    Value* field = nullptr;
    for (size_t k = 0; k < names.size(); ++k)
      if (strEqual(given, names.begin()[k])) field = fields.begin()[k];
    if (!field) return fail(TypeErrorType, "'%U' is an invalid keyword argument for %s", given, callee);
    assign(*field, newRef(args.values[args.count + i]));
  }
  return 0;
}

int32_t initStopIteration(Value self, const Args& args) {
  if (baseInit(self, args) < 0) return -1;
  assign(as<StopIterationObject>(self)->value, newRef(args.count ? args[0] : none()));
  return 0;
}
const MemberDef stopIterationMembers[] = {FIELD(StopIterationObject, "value", value), {}};

int32_t initSystemExit(Value self, const Args& args) {
  if (baseInit(self, args) < 0) return -1;
  if (args.count == 1) assign(as<SystemExitObject>(self)->code, newRef(args[0]));
  if (args.count > 1) assign(as<SystemExitObject>(self)->code, newRef(asException(self)->args));
  return 0;
}
const MemberDef systemExitMembers[] = {FIELD(SystemExitObject, "code", code), {}};

Value keyErrorStr(Value self) {
  Value args = asException(self)->args;
  return asTuple(args)->size == 1 ? repr(asTuple(args)->items[0]) : baseStr(self);
}

int32_t initNameError(Value self, const Args& args) {
  if (initPositional(self, args) < 0) return -1;
  return assignKeywords("NameError()", args, {NAME(name)}, {&as<NameErrorObject>(self)->name});
}
const MemberDef nameErrorMembers[] = {FIELD(NameErrorObject, "name", name), {}};

int32_t initAttributeError(Value self, const Args& args) {
  if (initPositional(self, args) < 0) return -1;
  auto* e = as<AttributeErrorObject>(self);
  return assignKeywords("AttributeError()", args, {NAME(name), NAME(obj)}, {&e->name, &e->obj});
}
const MemberDef attributeErrorMembers[] = {FIELD(AttributeErrorObject, "name", name),
                                           FIELD(AttributeErrorObject, "obj", obj), {}};

int32_t initImportError(Value self, const Args& args) {
  if (initPositional(self, args) < 0) return -1;
  auto* e = as<ImportErrorObject>(self);
  if (assignKeywords("ImportError()", args, {NAME(name), NAME(path)}, {&e->name, &e->path}) < 0) return -1;
  assign(e->msg, args.count == 1 ? newRef(args[0]) : Value());
  return 0;
}

Value importErrorStr(Value self) {
  Value msg = as<ImportErrorObject>(self)->msg;
  return msg && isExactStr(msg) ? newRef(msg) : baseStr(self);
}

/// The instance dict with `name` and `path` added, a shared dict, or None: what pickling restores.
Value importErrorState(ImportErrorObject* e) {
  if (!e->name && !e->path) return newRef(e->dict ? e->dict : none());
  Ref state(e->dict ? dictCopy(e->dict) : newDict());
  if (!state) return Value();
  if (e->name && dictSet(state, NAME(name), e->name) < 0) return Value();
  if (e->path && dictSet(state, NAME(path), e->path) < 0) return Value();
  return state.release();
}

Value importErrorReduce(Value self) {
  auto* e = as<ImportErrorObject>(self);
  Ref state(importErrorState(e));
  if (!state) return Value();
  if (isNone(state)) return newTuple({asValue(typeOf(self)), e->args});
  return newTuple({asValue(typeOf(self)), e->args, state});
}
const MethodDef importErrorMethods[] = {{"__reduce__", importErrorReduce}, {}};
const MemberDef importErrorMembers[] = {FIELD(ImportErrorObject, "msg", msg), FIELD(ImportErrorObject, "name", name),
                                        FIELD(ImportErrorObject, "path", path), {}};

} // namespace
} // namespace exceptions

#define CLASS(Name, Base, Struct, words, textOf, initialise, own)                                             \
  .header = KRAIT_STATIC_HEADER(typeType), .name = #Name, .base = &Base##Type,                                \
  .flags = exceptions::kBuiltinExceptionFlags | own, KRAIT_EXCEPTION_LAYOUT(Name##Type, Struct, words),       \
  .repr = exceptions::baseRepr, .str = exceptions::textOf, .init = exceptions::initialise,                    \
  .construct = exceptions::baseNew

constinit Type StopIterationType = {CLASS(StopIteration, Exception, StopIterationObject, 1, baseStr, initStopIteration, 0),
                                    .members = exceptions::stopIterationMembers};
constinit Type SystemExitType = {CLASS(SystemExit, BaseException, SystemExitObject, 1, baseStr, initSystemExit, 0),
                                 .members = exceptions::systemExitMembers};
constinit Type KeyErrorType = {CLASS(KeyError, LookupError, ExceptionObject, 0, keyErrorStr, baseInit, 0)};
constinit Type NameErrorType = {CLASS(NameError, Exception, NameErrorObject, 1, baseStr, initNameError, kTypeOwnStr),
                                .members = exceptions::nameErrorMembers};
constinit Type UnboundLocalErrorType = {CLASS(UnboundLocalError, NameError, NameErrorObject, 1, baseStr, initNameError, 0)};
constinit Type AttributeErrorType = {
    CLASS(AttributeError, Exception, AttributeErrorObject, 2, baseStr, initAttributeError, kTypeOwnStr),
    .members = exceptions::attributeErrorMembers};
constinit Type ImportErrorType = {CLASS(ImportError, Exception, ImportErrorObject, 3, importErrorStr, initImportError, 0),
                                  .methods = exceptions::importErrorMethods,
                                  .members = exceptions::importErrorMembers};
constinit Type ModuleNotFoundErrorType = {
    CLASS(ModuleNotFoundError, ImportError, ImportErrorObject, 3, importErrorStr, initImportError, 0)};

Value newException(const Type& type, Value argument) {
  Type* t = const_cast<Type*>(&type);
  bool plain = (type.init == exceptions::baseInit && !(type.flags & kTypeHeap)) || &type == &StopIterationType || &type == &NameErrorType ||
               &type == &UnboundLocalErrorType || &type == &AttributeErrorType || &type == &ImportErrorType ||
               &type == &ModuleNotFoundErrorType;
  if (!plain) return argument ? call(asValue(t), {argument}) : call(asValue(t));
  Ref args(argument ? newTupleFrom(&argument, 1) : newRef(emptyTuple()));
  if (!args) return Value();
  ExceptionObject* self = exceptions::newExceptionObject(type);
  if (!self) return Value();
  self->args = args.release();
  if (t == &StopIterationType) static_cast<StopIterationObject*>(self)->value = newRef(argument ? argument : none());
  if ((t == &ImportErrorType || t == &ModuleNotFoundErrorType) && argument) static_cast<ImportErrorObject*>(self)->msg = newRef(argument);
  gcTrack(&self->header);
  return Value(&self->header);
}

} // namespace krait
