// The end of an exception that nobody caught.
#include "runtime/builtins/hooks.h"
#include "runtime/exceptions/exception.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/startup/startup.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

/// `insists`: if sys.stderr fails, the text goes to the descriptor, as it does where there is none.
void writeStderr(Value owned, bool insists = true) {
  Ref text(owned), err(xnewRef(sysGet("stderr")));
  errorClear();
  if (!text) return;
  const bool isThere = err && !isNone(err);
  Ref written(isThere ? callMethod(err, NAME(write), {text.get()}) : Value());
  errorClear();
  if (!written && (insists || !isThere)) writeToDescriptor(text);
}

int32_t systemExitStatus(Value e) {
  // A subclass may have its own `code`; without any, the exception itself is what is said.
  Ref code(getAttr(e, "code"));
  if (!code) {
    errorClear();
    code = Ref::share(e);
  }
  if (isNone(code)) return 0;
  if (isInt(code)) {
    int overflow = 0;
    const int64_t status = intToInt64(code, &overflow);
    return overflow ? 0xff : static_cast<int32_t>(status & 0xff);
  }
  // Anything else is printed, and the status says failure.
  writeStderr(str(code), false);
  writeStderr(newStr("\n"));
  return 1;
}

} // namespace

int32_t handleUncaught(bool* exits) {
  Ref e = errorTake();
  *exits = isInstanceOf(e, SystemExitType);
  if (*exits) return systemExitStatus(e);
  Value tb = asException(e)->traceback ? asException(e)->traceback : none();
  if (sysSet("last_type", asValue(typeOf(e))) < 0 || sysSet("last_value", e) < 0 || sysSet("last_traceback", tb) < 0) errorClear();
  Ref hook(xnewRef(sysGet("excepthook")));
  if (!hook) {
    writeStderr(newStr("sys.excepthook is missing\n"));
    displayException(e);
  } else {
    Ref tbKept = Ref::share(tb);
    if (auditing && !auditTold("sys.excepthook", {hook, asValue(typeOf(e)), e, tbKept})) {
      if (errorClearIf(RuntimeErrorType)) return 1; // the hook wants nothing said
      errorUnraisable("in audit hook", Value());
    }
    Ref r(call(hook, {asValue(typeOf(e)), e.get(), tbKept.get()}));
    if (!r) {
      Ref second = errorTake();
      *exits = isInstanceOf(second, SystemExitType);
      if (*exits) return systemExitStatus(second);
      writeStderr(newStr("Error in sys.excepthook:\n"));
      displayException(second);
      writeStderr(newStr("\nOriginal exception was:\n"));
      displayException(e);
    }
  }
  return 1;
}

} // namespace krait
