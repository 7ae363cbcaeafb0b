// Calls that need no binding: a Python function that takes exactly the arguments
// given, and a builtin whose row says that they fit. Arguments are consumed.
#pragma once
#include "runtime/object/attribute_cache.h"
#include "runtime/object/call.h"
#include "runtime/object/method_rows.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {

template <class... A> inline Value enterFunction(FunctionObject* f, A... args) {
  return reinterpret_cast<Value (*)(FunctionObject*, A...)>(f->entry)(f, args...);
}

/// A function whose machine entry takes `count` words, at most five; all are consumed.
inline Value enterWords(FunctionObject* f, const Value* a, size_t count, void* entry) {
  switch (count) {
  case 0: return reinterpret_cast<Value (*)(FunctionObject*)>(entry)(f);
  case 1: return reinterpret_cast<Value (*)(FunctionObject*, Value)>(entry)(f, a[0]);
  case 2: return reinterpret_cast<Value (*)(FunctionObject*, Value, Value)>(entry)(f, a[0], a[1]);
  case 3: return reinterpret_cast<Value (*)(FunctionObject*, Value, Value, Value)>(entry)(f, a[0], a[1], a[2]);
  case 4:
    return reinterpret_cast<Value (*)(FunctionObject*, Value, Value, Value, Value)>(entry)(f, a[0], a[1], a[2], a[3]);
  default:
    return reinterpret_cast<Value (*)(FunctionObject*, Value, Value, Value, Value, Value)>(entry)(f, a[0], a[1], a[2], a[3],
                                                                                                  a[4]);
  }
}
constexpr size_t kMaxEnter = 5;
inline Value enterWords(FunctionObject* f, const Value* a, size_t count) { return enterWords(f, a, count, f->entry); }

/// The class may drop the method while it runs: the call, which consumes `self`, keeps it. Functions are never immortal.
template <class Call> [[gnu::always_inline]] inline Value keepingMethod(FunctionObject* f, Value self, Call&& call) {
  incref(self);
  ++f->header.refs;
  Value result = call();
  if (--f->header.refs == 0) [[unlikely]] destroy(&f->header);
  return result;
}
template <class... A> inline Value enterMethod(FunctionObject* f, Value self, A... args) {
  return keepingMethod(f, self, [&] { return enterFunction(f, self, args...); });
}

/// What a function that `count` arguments by position leave with up to three defaults to take begins with them; null
/// if it is another case.
inline const Value* defaultsAfter(const FunctionObject* f, int32_t count) {
  const int32_t missing = f->arity - count;
  if (missing < 1 || missing > 3 || !f->defaults) return nullptr;
  auto* defaults = asTuple(f->defaults);
  return defaults->size >= missing && defaults->size <= f->arity ? defaults->items + (defaults->size - missing) : nullptr;
}
template <class... A> inline Value enterFilled(FunctionObject* f, const Value* defaults, A... args) {
  const auto missing = f->arity - static_cast<int32_t>(sizeof...(A));
  Value a = newRef(defaults[0]);
  if (missing == 1) return enterFunction(f, args..., a);
  Value b = newRef(defaults[1]);
  if (missing == 2) return enterFunction(f, args..., a, b);
  return enterFunction(f, args..., a, b, newRef(defaults[2]));
}

/// The function that `o.name` binds, if it is known and takes `count` arguments more.
inline FunctionObject* knownMethod(Value o, Value name, int32_t count) {
  auto* function = knownMethod(o, name);
  return function && function->arity == count + 1 ? function : nullptr;
}

/// The Python function that a class gives as a class method, or else as a static method or as it is; or null.
inline FunctionObject* functionWithin(Value found, bool takesClass) {
  if (!takesClass && found && isFunction(found)) return found.as<FunctionObject>();
  if (!found || !isExact(found, takesClass ? classmethodType : staticmethodType)) return nullptr;
  const Value inner = found.as<MethodWrapObject>()->callable;
  return inner && isFunction(inner) ? inner.as<FunctionObject>() : nullptr;
}

/// Whose ** is a dict from the start: it is not made where it is looked at.
inline bool needsKeywords(const CodeInfo* code) { return (code->flags & (kCodeVarKeywords | kCodeLazyKeywords)) == kCodeVarKeywords; }

/// A function whose arity is leavingNothing of these.
template <class... A> inline Value enterLeavingNothing(FunctionObject* f, A... args) {
  return f->code->flags & kCodeVarKeywords ? enterFunction(f, args..., emptyTuple(), Value()) : enterFunction(f, args..., emptyTuple());
}

/// Arguments by position for code that gathers what its parameters leave, of which none can be missing.
inline bool onlyGathers(const CodeInfo* code, size_t count) {
  return (code->flags & kCodeVarArgs) && code->kwOnlyCount == 0 && count >= code->argCount && code->paramCount <= kMaxEnter && code->entry;
}
/// Calls such code; consumes the words. As with all that is here, no anchor is linked: for calls that compiled code makes.
Value enterGathering(FunctionObject* f, Value* words, size_t count);

/// A builtin with arguments by position.
template <class... A> [[gnu::noinline]] Value callBuiltinDirectly(const MethodDef* def, Value callable, Value self, A... args) {
  Value words[] = {args..., Value()};
  Value result = callMethodDefByPosition(def, callable, self, words, sizeof...(A));
  (decref(args), ...);
  return result;
}
/// How many more words than arguments a call has room for.
constexpr size_t kMissingWords = 4;
/// Whether the row is bound by position: of so many arguments, with room for kMissingWords more that may be missing.
inline bool isBoundHere(const MethodDef* def, size_t count) {
  return def->kind == CallKind::Bound && def->positional.words <= count + kMissingWords && def->positional.max >= count && def->positional.min <= count;
}
/// The same, where it stands if the row takes exactly these, or up to four more that may be missing.
template <class... A> [[gnu::always_inline]] inline Value callBuiltinHere(const MethodDef* def, Value callable, Value self, A... args) {
  constexpr size_t kCount = sizeof...(A);
  if (kCount == 0 && def->kind == CallKind::NoArgs && !eventsActive) return def->noArgs(self);
  Value words[kCount + kMissingWords] = {args...};
  Value result;
  if (kCount == 1 && def->kind == CallKind::OneArg && !eventsActive) result = def->oneArg(self, words[0]);
  else if (def->kind == CallKind::Generic && !eventsActive) result = def->generic(self, {words, kCount, {}});
  else if (isBoundHere(def, kCount) && !eventsActive) result = def->bound(self, words);
  else return callBuiltinDirectly(def, callable, self, args...);
  (decref(args), ...);
  return result;
}

} // namespace krait
