// Which calls of builtins profilers hear of: those that Python code makes. What a builtin calls in turn, and what `with` calls
// when it begins, CPython calls past its evaluation loop, and so past its events. Told apart are functions and methods that
// call, not classes, nor iterators in a loop: what those call is taken for Python code's.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

/// While it lives, a builtin runs, whose own calls of builtins are no events. Made only while eventsActive.
class BuiltinRuns {
public:
  BuiltinRuns();
  ~BuiltinRuns();
  BuiltinRuns(const BuiltinRuns&) = delete;
  BuiltinRuns& operator=(const BuiltinRuns&) = delete;

private:
  const void* outer_;
};

/// Whether the call of `builtin` that is about to be made is Python code's.
bool isCalledByPython(Value builtin);

/// The next call of `callable` is made by a statement itself.
void expectSilentCall(Value callable);

} // namespace krait
