// BaseException: fields, methods, text.
#include "runtime/exceptions/base_exception.h"
#include <algorithm>
#include <cstring>
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/type_name.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::exceptions {

Value argsTuple(const Args& args) { return newTupleFrom(args.values, args.count); }

int32_t noKeywords(Value self, const Args& args) { return checkNoKeywords(typeOf(self)->name, args); }

Value allocateException(Type* type, Value tuple) {
  if (!(type->flags & kTypeReady)) [[unlikely]] typeReady(type);
  ExceptionObject* e = isHeapType(type) ? asException(allocateOf(type, 0)) : newExceptionObject(*type);
  if (!e) return Value();
  e->args = newRef(tuple);
  gcTrack(&e->header);
  return Value(&e->header);
}

void clearBase(Object* o) {
  auto* e = reinterpret_cast<ExceptionObject*>(o);
  for (Value* word : {&e->dict, &e->args, &e->traceback, &e->cause, &e->context})
    if (*word) krait::clear(*word); // most have none
}

int traverseBase(Object* o, Visit visit, void* context) {
  auto* e = reinterpret_cast<ExceptionObject*>(o);
  for (Value v : {e->dict, e->args, e->traceback, e->context, e->cause})
    if (int stop = visit(v, context)) return stop;
  return 0;
}

Value baseNew(Type* type, const Args& args) {
  Ref tuple(argsTuple(args));
  return tuple ? allocateException(type, tuple) : Value();
}

int32_t baseInit(Value self, const Args& args) {
  if (noKeywords(self, args) < 0) return -1;
  // Usually __new__ has put these very values there.
  Value present = asException(self)->args;
  if (present && static_cast<size_t>(asTuple(present)->size) == args.count &&
      std::equal(args.values, args.values + args.count, asTuple(present)->items))
    return 0;
  Value tuple = argsTuple(args);
  if (!tuple) return -1;
  assign(asException(self)->args, tuple);
  return 0;
}

Value baseStr(Value self) {
  Value args = asException(self)->args;
  switch (args ? asTuple(args)->size : 0) {
  case 0: return emptyStr();
  case 1: return str(asTuple(args)->items[0]);
  default: return str(args);
  }
}

Value baseRepr(Value self) {
  Value args = asException(self)->args;
  const char* name = shortName(typeOf(self));
  if (asTuple(args)->size == 1) return formatText("%s(%R)", name, asTuple(args)->items[0]);
  return formatText("%s%R", name, args);
}

Value baseReduce(Value self) {
  ExceptionObject* e = asException(self);
  if (e->args && e->dict) return newTuple({asValue(typeOf(self)), e->args, e->dict});
  return newTuple({asValue(typeOf(self)), e->args});
}

namespace {

Value setState(Value self, Value state) {
  if (isNone(state)) return newRef(none());
  if (!isDict(state)) return raise(TypeErrorType, "state is not a dictionary");
  Ref items(dictItemsList(state));
  if (!items) return Value();
  for (int64_t i = 0; i < asList(items)->size; ++i) {
    TupleObject* pair = asTuple(asList(items)->items[i]);
    if (setAttr(self, pair->items[0], pair->items[1]) < 0) return Value();
  }
  return newRef(none());
}

int32_t setTracebackAttribute(Value self, Value v, void*) {
  if (!v) return fail(TypeErrorType, "__traceback__ may not be deleted");
  if (!isNone(v) && !isExact(v, tracebackType)) return fail(TypeErrorType, "__traceback__ must be a traceback or None");
  setTraceback(self, v);
  return 0;
}

Value withTraceback(Value self, Value traceback) {
  return setTracebackAttribute(self, traceback, nullptr) < 0 ? Value() : newRef(self);
}

Value addNote(Value self, Value note) {
  if (!isStr(note)) return raise(TypeErrorType, "note must be a str, not '%T'", note);
  Ref notes(getAttrOptional(self, NAME(__notes__)));
  if (!notes) {
    if (errorSet()) return Value();
    notes.reset(newList(0));
    if (!notes || setAttr(self, NAME(__notes__), notes) < 0) return Value();
  } else if (!isList(notes)) {
    return raise(TypeErrorType, "Cannot add note: __notes__ is not a list");
  }
  return listAppend(notes, note) < 0 ? Value() : newRef(none());
}

Value getArgs(Value self, void*) {
  Value args = asException(self)->args;
  return newRef(args ? args : none());
}

int32_t setArgs(Value self, Value v, void*) {
  if (!v) return fail(TypeErrorType, "args may not be deleted");
  Value tuple = toTuple(v);
  if (!tuple) return -1;
  assign(asException(self)->args, tuple);
  return 0;
}

Value getTraceback(Value self, void*) {
  Value tb = asException(self)->traceback;
  return newRef(tb ? tb : none());
}

Value getContext(Value self, void*) {
  Value context = asException(self)->context;
  return newRef(context ? context : none());
}

int32_t setContext(Value self, Value v, void*) {
  if (!v) return fail(TypeErrorType, "__context__ may not be deleted");
  if (!isNone(v) && !isException(v))
    return fail(TypeErrorType, "exception context must be None or derive from BaseException");
  assign(asException(self)->context, isNone(v) ? Value() : newRef(v));
  return 0;
}

Value getCause(Value self, void*) {
  Value cause = asException(self)->cause;
  return newRef(cause ? cause : none());
}

int32_t setCause(Value self, Value v, void*) {
  if (!v) return fail(TypeErrorType, "__cause__ may not be deleted");
  if (!isNone(v) && !isException(v))
    return fail(TypeErrorType, "exception cause must be None or derive from BaseException");
  asException(self)->suppressContext = true;
  assign(asException(self)->cause, isNone(v) ? Value() : newRef(v));
  return 0;
}

const MethodDef methods[] = {
    {"__reduce__", baseReduce},
    {"__setstate__", setState},
    {"with_traceback", withTraceback},
    {"add_note", addNote},
    {},
};
const GetSetDef attributes[] = {
    {"__dict__", getInstanceDict, replaceInstanceDict},
    {"args", getArgs, setArgs},
    {"__traceback__", getTraceback, setTracebackAttribute},
    {"__context__", getContext, setContext},
    {"__cause__", getCause, setCause},
    {},
};
const MemberDef members[] = {
    {"__suppress_context__", MemberKind::Bool, offsetof(ExceptionObject, suppressContext), false},
    {},
};

} // namespace
} // namespace krait::exceptions

namespace krait {

constinit Type BaseExceptionType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "BaseException",
    .base = &objectType,
    .flags = exceptions::kBuiltinExceptionFlags | kTypeOwnGetAttr | kTypeOwnSetAttr,
    KRAIT_EXCEPTION_LAYOUT(BaseExceptionType, ExceptionObject, 0),
    .repr = exceptions::baseRepr,
    .str = exceptions::baseStr,
    .init = exceptions::baseInit,
    .construct = exceptions::baseNew,
    .methods = exceptions::methods,
    .getset = exceptions::attributes,
    .members = exceptions::members,
};

void setTraceback(Value exception, Value traceback) {
  if (traceback && isNone(traceback)) traceback = Value();
  assign(asException(exception)->traceback, xnewRef(traceback));
}

} // namespace krait
