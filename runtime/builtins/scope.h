// The namespaces of a caller, for locals(), globals(), vars(), dir(), eval(), exec().
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// Compiled code that names one of these builtins passes its namespaces with the call (krt_call_scoped); they are in
/// force until that call runs Python code, whose frames and threads have namespaces of their own. Otherwise the innermost
/// Python frame is asked.
struct CallerScope {
  Value globals, locals; // borrowed
};
extern const CallerScope* callerScope;
inline void endCallerScope() { callerScope = nullptr; }

/// Owned; null with RuntimeError/SystemError when no Python code runs.
Value callerGlobals();
Value callerLocals();
/// CO_FUTURE_* of the innermost Python frame's code, which texts compiled there inherit.
uint32_t callerFutureFlags();

} // namespace krait
