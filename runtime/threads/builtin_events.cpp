#include "runtime/threads/builtin_events.h"
#include "runtime/exceptions/frame_walk.h"

#include <utility>

namespace krait {

namespace {

/// The Python activation that called the builtin that runs; null: none does.
thread_local const void* callerOfBuiltin = nullptr;
/// Borrowed, and only compared: the caller keeps it until it has called it.
thread_local uint64_t silentCall = 0;

} // namespace

// While it runs Python code, that is the innermost activation.
BuiltinRuns::BuiltinRuns() : outer_(std::exchange(callerOfBuiltin, FrameCursor().address())) {}
BuiltinRuns::~BuiltinRuns() { callerOfBuiltin = outer_; }

bool isCalledByPython(Value builtin) {
  if (std::exchange(silentCall, 0) == builtin.bits) return false;
  return !callerOfBuiltin || FrameCursor().address() != callerOfBuiltin;
}

void expectSilentCall(Value callable) { silentCall = callable.bits; }

} // namespace krait
