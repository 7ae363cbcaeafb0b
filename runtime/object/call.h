// The call protocol below protocol.h: binding arguments to compiled functions
// and to builtin ones, and the forms that consume their arguments.
#pragma once
#include "runtime/object/protocol.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/function.h"

namespace krait {

/// Calls any object; args[0 … count-1] are consumed, the last len(names) of them are keyword values.
Value callOwned(Value f, Value* args, size_t count, Value names);
/// Type::call of functions.
Value callFunction(Value f, const Args& args);
/// The same with consumed words (positional first, then one per name).
Value callFunctionOwned(FunctionObject* f, Value* words, size_t count, Value names);
/// Calls a builtin function's or method's implementation. `callable` (builtin function, method descriptor) is asked
/// for its name only when a message needs it.
Value callMethodDef(const MethodDef* def, Value callable, Value self, const Args& args);
/// The same without keywords; arguments that fit are handed over as they are.
inline Value callMethodDefByPosition(const MethodDef* def, Value callable, Value self, const Value* args, size_t count) {
  constexpr size_t kMaxWords = 8;
  if (!eventsActive) [[likely]] {
    switch (def->kind) {
    case CallKind::OneArg:
      if (count == 1) return def->oneArg(self, args[0]);
      break;
    case CallKind::NoArgs:
      if (count == 0) return def->noArgs(self);
      break;
    case CallKind::Generic: return def->generic(self, Args{args, count, {}});
    case CallKind::Bound:
      const MethodDef::Positional p = def->positional;
      if (count > p.max || count < p.min) break;
      if (count == p.words) return def->bound(self, args);
      if (p.words > kMaxWords) break;
      uint64_t space[kMaxWords]; // not cleared
      auto* words = reinterpret_cast<Value*>(space);
      for (size_t i = 0; i < p.words; ++i) words[i] = i < count ? args[i] : Value();
      return def->bound(self, words);
    }
  }
  return callMethodDef(def, callable, self, Args{args, count, {}});
}
/// What Type::make of `t` made (owned) of `argument`: one of a subclass, as a method of Python's may give, has its __init__ called.
Value initialiseMade(const Type* t, Value made, Value argument);
inline Value madeOf(const Type* t, Value made, Value argument) {
  return !made || !made.isPointer() || made.object()->layout == &t->instanceLayout ? made : initialiseMade(t, made, argument);
}
/// Name of a callable in messages, with parentheses: "f()", "module.f()", or its str.
Value calleeText(Value f);
/// TypeError of a call of something that is not callable, or of a wrong keyword.
Value raiseNotCallable(Value f);

} // namespace krait
