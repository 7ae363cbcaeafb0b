// BaseExceptionGroup and ExceptionGroup: a message, a tuple of exceptions, and
// splitting by a condition, which keeps the nesting and the metadata of each level.
#include "runtime/exceptions/exception_group.h"
#include "runtime/exceptions/base_exception.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace exceptions {
namespace {

GroupObject* asGroup(Value v) { return static_cast<GroupObject*>(asException(v)); }

Value newGroup(Type* type, const Args& args) {
  const char* name = "BaseExceptionGroup.__new__";
  if (args.count != 2) return raise(TypeErrorType, "%s() takes exactly 2 arguments (%zd given)", name, args.count);
  if (!isStr(args[0]))
    return raise(TypeErrorType, "%s() argument 1 must be str, not %s", name,
                 isNone(args[0]) ? "None" : typeOf(args[0])->name);
  if (!isSequence(args[1])) return raise(TypeErrorType, "second argument (exceptions) must be a sequence");
  Ref members(toTuple(args[1]));
  if (!members) return Value();
  TupleObject* tuple = asTuple(members);
  if (tuple->size == 0) return raise(ValueErrorType, "second argument (exceptions) must be a non-empty sequence");
  bool nestedBase = false;
  for (int64_t i = 0; i < tuple->size; ++i) {
    if (!isException(tuple->items[i]))
      return raise(ValueErrorType, "Item %zd of second argument (exceptions) is not an exception", i);
    nestedBase |= !isInstanceOf(tuple->items[i], ExceptionType);
  }
  if (type == &BaseExceptionGroupType) {
    if (!nestedBase) type = &ExceptionGroupType;
  } else if (type == &ExceptionGroupType) {
    if (nestedBase) return raise(TypeErrorType, "Cannot nest BaseExceptions in an ExceptionGroup");
  } else if (nestedBase && isSubtype(type, &ExceptionType)) {
    return raise(TypeErrorType, "Cannot nest BaseExceptions in '%.200N'", type);
  }
  Ref self(baseNew(type, args));
  if (!self) return Value();
  asGroup(self)->msg = newRef(args[0]);
  asGroup(self)->excs = members.release();
  return self.release();
}

Value groupStr(Value self) {
  GroupObject* g = asGroup(self);
  int64_t n = asTuple(g->excs)->size;
  return formatText("%S (%zd sub-exception%s)", g->msg, n, n > 1 ? "s" : "");
}

Value derive(Value self, const Args& args) {
  if (args.count != 1) return raise(TypeErrorType, "function takes exactly 1 argument (%zu given)", args.count);
  return call(asValue(&BaseExceptionGroupType), {asGroup(self)->msg, args[0]});
}

/// `original` reduced to `members` (a list), through its derive(): None when empty.
Value subset(Value original, Value members) {
  if (asList(members)->size == 0) return newRef(none());
  Ref made(callMethod(original, "derive", {members}));
  if (!made) return Value();
  if (!isExceptionGroup(made))
    return raise(TypeErrorType, "derive must return an instance of BaseExceptionGroup");
  ExceptionObject *from = asException(original), *to = asException(made);
  if (from->traceback) setTraceback(made, from->traceback);
  assign(to->context, xnewRef(from->context));
  assign(to->cause, xnewRef(from->cause));
  to->suppressContext = true;
  Ref notes(getAttrOptional(original, NAME(__notes__)));
  if (!notes) return errorSet() ? Value() : made.release();
  if (!isSequence(notes)) return made.release(); // other objects are not notes: ignored
  Ref copy(toList(notes));
  if (!copy || setAttr(made, NAME(__notes__), copy) < 0) return Value();
  return made.release();
}

/// What the leaves and groups to be kept have in common.
struct Condition {
  enum Kind { Type, Predicate, Identity } kind;
  Value value; // class or tuple of classes; callable; set of ids
};

bool isClassCondition(Value v) {
  auto isClass = [](Value c) { return hasTypeFlag(c, kTypeType) && (c.as<krait::Type>()->flags & kTypeException); };
  if (!isTuple(v)) return isClass(v);
  for (int64_t i = 0; i < asTuple(v)->size; ++i)
    if (!isClass(asTuple(v)->items[i])) return false;
  return true;
}

int32_t readCondition(Value v, Condition* out) {
  if (isFunction(v)) *out = {Condition::Predicate, v};
  else if (isClassCondition(v)) *out = {Condition::Type, v};
  else return fail(TypeErrorType, "expected a function, exception type or tuple of exception types");
  return 0;
}

int32_t holds(const Condition& c, Value exception) {
  switch (c.kind) {
  case Condition::Type: return exceptionMatches(exception, c.value);
  case Condition::Predicate: {
    Ref answer(call(c.value, {exception}));
    return answer ? isTrue(answer) : -1;
  }
  case Condition::Identity: {
    if (isExceptionGroup(exception)) return 0;
    Ref id(newInt(static_cast<int64_t>(exception.bits)));
    return setContains(c.value, id);
  }
  }
  return -1;
}

/// Fills *match and *rest (None where nothing is left; `rest` null: not wanted).
int32_t split(Value exception, const Condition& c, Ref* match, Ref* rest) {
  match->reset(newRef(none()));
  if (rest) rest->reset(newRef(none()));
  int32_t whole = holds(c, exception);
  if (whole < 0) return -1;
  if (whole) {
    match->reset(newRef(exception));
    return 0;
  }
  if (!isExceptionGroup(exception)) {
    if (rest) rest->reset(newRef(exception));
    return 0;
  }
  Ref matched(newList(0)), others(newList(0)), members = Ref::share(asGroup(exception)->excs);
  if (!matched || !others) return -1;
  for (int64_t i = 0; i < asTuple(members)->size; ++i) {
    Ref innerMatch, innerRest;
    if (recursionEnter(" in exceptiongroup_split_recursive") < 0) return -1;
    int32_t status = split(asTuple(members)->items[i], c, &innerMatch, rest ? &innerRest : nullptr);
    recursionLeave();
    if (status < 0) return -1;
    if (!isNone(innerMatch) && listAppend(matched, innerMatch) < 0) return -1;
    if (rest && !isNone(innerRest) && listAppend(others, innerRest) < 0) return -1;
  }
  match->reset(subset(exception, matched));
  if (!*match) return -1;
  if (rest) {
    rest->reset(subset(exception, others));
    if (!*rest) return -1;
  }
  return 0;
}

Value splitMethod(Value self, const Args& args) {
  Condition c;
  Ref match, rest;
  if (!countArguments("split", args, 1, 1) || readCondition(args[0], &c) < 0 || split(self, c, &match, &rest) < 0) return Value();
  return newTuple({match, rest});
}

Value subgroupMethod(Value self, const Args& args) {
  Condition c;
  Ref match;
  if (!countArguments("subgroup", args, 1, 1) || readCondition(args[0], &c) < 0 || split(self, c, &match, nullptr) < 0) return Value();
  return match.release();
}

Value classGetItem(Value type, Value arguments) { return newGenericAlias(type, arguments); }

int32_t collectLeaves(Value exception, Value ids) {
  if (!isExceptionGroup(exception)) {
    Ref id(newInt(static_cast<int64_t>(exception.bits)));
    return setAdd(ids, id);
  }
  TupleObject* members = asTuple(asGroup(exception)->excs);
  for (int64_t i = 0; i < members->size; ++i)
    if (collectLeaves(members->items[i], ids) < 0) return -1;
  return 0;
}

#pragma clang diagnostic ignored "-Winvalid-offsetof"
const MethodDef methods[] = {
    {"__class_getitem__", classGetItem, nullptr, kMethodClass},
    {"derive", derive, nullptr, kMethodPositional},
    {"split", splitMethod, nullptr, kMethodPositional},
    {"subgroup", subgroupMethod, nullptr, kMethodPositional},
    {},
};
const MemberDef members[] = {
    {"message", MemberKind::Object, offsetof(GroupObject, msg), true},
    {"exceptions", MemberKind::Object, offsetof(GroupObject, excs), true},
    {},
};

} // namespace
} // namespace exceptions

#define CLASS(Name, Base, flagBits, LAYOUT)                                                                   \
  .header = KRAIT_STATIC_HEADER(typeType), .name = #Name, .base = &Base##Type,                                \
  .flags = flagBits, LAYOUT(Name##Type, GroupObject, 2),                                                      \
  .repr = exceptions::baseRepr, .str = exceptions::groupStr, .init = exceptions::baseInit,                    \
  .construct = exceptions::newGroup

constinit Type BaseExceptionGroupType = {CLASS(BaseExceptionGroup, BaseException, exceptions::kBuiltinExceptionFlags, KRAIT_EXCEPTION_LAYOUT),
                                         .methods = exceptions::methods, .members = exceptions::members};
constinit Type ExceptionGroupType = {CLASS(ExceptionGroup, BaseExceptionGroup, exceptions::kExceptionFlags | kTypeOwnModule, KRAIT_REFERABLE_EXCEPTION_LAYOUT),
                                     .secondBase = &ExceptionType};

Value projectGroup(Value original, Value kept) {
  Ref ids(newSet(Value()));
  if (!ids) return Value();
  for (int64_t i = 0; i < asList(kept)->size; ++i)
    if (exceptions::collectLeaves(asList(kept)->items[i], ids) < 0) return Value();
  Ref match;
  if (exceptions::split(original, {exceptions::Condition::Identity, ids}, &match, nullptr) < 0) return Value();
  return match.release();
}

extern "C" Value krt_exc_group_finish(Value original, Value list) {
  ListObject* given = asList(list);
  if (given->size == 0) return newRef(none());
  // A naked exception was wrapped: at most one thing came out of its single matching clause.
  if (!isExceptionGroup(original)) return newRef(given->items[0]);
  Ref raised(newList(0)), again(newList(0));
  if (!raised || !again) return Value();
  ExceptionObject* o = asException(original);
  for (int64_t i = 0; i < given->size; ++i) {
    Value v = given->items[i];
    if (isNone(v)) continue;
    ExceptionObject* e = asException(v);
    bool sameMetadata = isExceptionGroup(v) && e->traceback == o->traceback && e->cause == o->cause &&
                        e->context == o->context;
    if (listAppend(sameMetadata ? again : raised, v) < 0) return Value();
  }
  Ref unhandled(projectGroup(original, again));
  if (!unhandled || asList(raised)->size == 0) return unhandled.release();
  if (!isNone(unhandled) && listAppend(raised, unhandled) < 0) return Value();
  return call(asValue(&BaseExceptionGroupType), {emptyStr(), raised});
}

} // namespace krait
