#include "runtime/modules/sys_async.h"
#include <cstddef>
#include "runtime/object/audit.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/sequence.h"
#include "runtime/types/struct_sequence.h"

namespace krait {
namespace {
const char* const kFields[] = {"firstiter", "finalizer", nullptr};
const StructSequenceDef kHooksDef = {kFields, 2, 2};
KRAIT_STRUCT_SEQUENCE_TYPE(asyncGenHooksType, "asyncgen_hooks");

/// Stores a hook: None removes it, null leaves it.
int32_t setHook(Value& hook, Value v, const char* name) {
  if (!v) return 0;
  if (!isNone(v) && !isCallable(v)) return fail(TypeErrorType, "callable %s expected, got %.50T", name, v);
  assign(hook, isNone(v) ? Value() : newRef(v));
  return 0;
}
} // namespace

Value getAsyncGenHooks(Value) {
  ThreadState* thread = currentThread();
  Value fields[] = {newRef(thread->asyncGenFirstIter ? thread->asyncGenFirstIter : none()),
                    newRef(thread->asyncGenFinalizer ? thread->asyncGenFinalizer : none())};
  return newStructSequence(&asyncGenHooksType, &kHooksDef, fields);
}

Value setAsyncGenHooks(Value, const Value* argv) {
  if (auditing && argv[1] && !auditTold("sys.set_asyncgen_hook_finalizer", {})) return Value();
  if (auditing && argv[0] && !auditTold("sys.set_asyncgen_hook_firstiter", {})) return Value();
  ThreadState* thread = currentThread();
  if (setHook(thread->asyncGenFinalizer, argv[1], "finalizer") < 0 ||
      setHook(thread->asyncGenFirstIter, argv[0], "firstiter") < 0)
    return Value();
  return newRef(none());
}

} // namespace krait
