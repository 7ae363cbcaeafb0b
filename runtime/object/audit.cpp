#include "runtime/object/audit.h"

#include <vector>

#include "runtime/exceptions/exception.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/thread_state.h"
#include "runtime/modules/path_argument.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

bool auditing;

namespace {

std::vector<Value> hooks; // owned; neither the collector nor gc.get_objects sees them

/// `__cantrace__` true: trace and profile functions see the hook run.
bool tell(Value hook, Value event, Value arguments) {
  Ref wish(getAttrOptional(hook, Ref(newStr("__cantrace__"))));
  const int32_t traced = wish ? isTrue(wish) : errorSet() ? -1 : 0;
  if (traced < 0) return false;
  ThreadState* thread = currentThread();
  if (!traced) ++thread->tracing;
  Ref done(call(hook, {event, arguments}));
  if (!traced) --thread->tracing;
  return done ? true : false;
}

} // namespace

bool auditTuple(Value event, Value arguments) {
  Ref pending = errorTake();
  for (size_t i = 0; i < hooks.size(); ++i) // a hook may add one
    if (!tell(hooks[i], event, arguments)) return false;
  if (pending) errorRestore(pending.release());
  return true;
}

bool auditTold(const char* event, std::initializer_list<Value> arguments) {
  Ref pending = errorTake();
  Ref list(newList(0)), name(newStr(event));
  for (Value v : arguments)
    if (!list || listAppend(list, v ? v : none()) < 0) return false;
  Ref tuple(listToTuple(list));
  if (!tuple || !name || !auditTuple(name, tuple)) return false;
  if (pending) errorRestore(pending.release());
  return true;
}

bool auditCall(const char* event, const char* shown, Value self, const Value* arguments) {
  Ref pending = errorTake(), list(newList(0)), name(newStr(event));
  for (const char* at = shown; list && *at; ++at) {
    if (*at == ' ') continue;
    Value v = *at == 's' ? self : *at == 'x' ? Value::ofSmallInt(-1) : *at == 'n' ? Value() : arguments[*at - '0'];
    const bool isAbsent = !v || isNone(v);
    Ref path;
    if (at[1] == 'd' && isAbsent) v = Value::ofSmallInt(-1);
    else if (at[1] == 'z' && isAbsent) v = Value::ofSmallInt(0);
    else if (at[1] == 'o' && isAbsent) v = Value::ofSmallInt(0777);
    else if (at[1] == 'b' && !isAbsent) v = (path = Ref(fileSystemPath(v)));
    if (!v && errorSet()) return false;
    if (listAppend(list, v ? v : none()) < 0) return false;
    if (at[1] && at[1] != ' ') ++at;
  }
  Ref tuple(list ? listToTuple(list) : Value());
  if (!tuple || !name || !auditTuple(name, tuple)) return false;
  if (pending) errorRestore(pending.release());
  return true;
}

Value addAuditHook(Value, const Value* argv) {
  if (auditing && !auditTold("sys.addaudithook", {})) {
    if (!errorMatches(ExceptionType)) return Value();
    errorClear();
    return newRef(none());
  }
  hooks.push_back(newRef(argv[0]));
  auditing = true;
  return newRef(none());
}

} // namespace krait
