// Audit events (PEP 578): what the hooks of sys.addaudithook are told of, before it happens.
//
// Most events are told by the row of the function that they are about: {"mkdir", audited<"os.mkdir", "0 1o 2d", mkdirFunction>, …}.
#pragma once
#include <cstddef>
#include <initializer_list>
#include "runtime/object/ref.h"
#include "runtime/types/str.h"

namespace krait {

/// Whether there is a hook. Every event asks this first: `if (auditing && !auditTold("open", {path, …})) return …;`
extern bool auditing;
/// Tells the hooks, untraced unless they want it. The values are borrowed; a null one is shown as None. False with what a hook
/// raised; an error that is pending stays so.
[[gnu::cold]] bool auditTold(const char* event, std::initializer_list<Value> arguments);
bool auditTuple(Value event, Value arguments);
/// The same with arguments of a call as `shown` says: words of a digit (which argument), `s` (self) or a letter alone, each
/// followed by what stands for one that was left out or None: `d` -1, `z` 0, `o` 0777, nothing None; `b` shows a path as bytes.
/// `x` is -1 and `n` None.
[[gnu::cold]] bool auditCall(const char* event, const char* shown, Value self, const Value* arguments);
/// sys.addaudithook: hooks that are there may refuse it.
Value addAuditHook(Value module, const Value* argv);

/// Text as a template's argument.
template <size_t N> struct AuditText {
  char text[N];
  constexpr AuditText(const char (&from)[N]) {
    for (size_t i = 0; i < N; ++i) text[i] = from[i];
  }
};

template <AuditText Event, AuditText Shown, Value (*Function)(Value, const Value*)> Value audited(Value self, const Value* argv) {
  if (auditing && !auditCall(Event.text, Shown.text, self, argv)) return Value();
  return Function(self, argv);
}
template <AuditText Event, AuditText Shown, Value (*Function)(Value, Value)> Value audited(Value self, Value v) {
  if (auditing && !auditCall(Event.text, Shown.text, self, &v)) return Value();
  return Function(self, v);
}
template <AuditText Event, AuditText Shown, Value (*Function)(Value)> Value audited(Value self) {
  if (auditing && !auditCall(Event.text, Shown.text, self, nullptr)) return Value();
  return Function(self);
}
/// Reading an attribute that leads to code or frames.
template <AuditText Name, Value (*Get)(Value, void*)> Value auditedGet(Value self, void* closure) {
  if (auditing && !auditTold("object.__getattr__", {self, Ref(newStr(Name.text))})) return Value();
  return Get(self, closure);
}
/// Assigning and deleting it.
template <AuditText Name, int32_t (*Set)(Value, Value, void*)> int32_t auditedSet(Value self, Value v, void* closure) {
  if (auditing && !(v ? auditTold("object.__setattr__", {self, Ref(newStr(Name.text)), v}) : auditTold("object.__delattr__", {self, Ref(newStr(Name.text))})))
    return -1;
  return Set(self, v, closure);
}

} // namespace krait
