// syslog: messages to the system's log.
#include <cstdlib>
#include <cstring>
#include <syslog.h>
#include "runtime/modules/module_constants.h"
#include "runtime/object/audit.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/arguments.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

char* identityText; // openlog keeps the pointer
bool isOpen = false;

/// The last part of sys.argv[0] (owned), or null without an error.
Value defaultIdentity() {
  Value argv = sysGet("argv");
  if (!argv || !isList(argv) || asList(argv)->size == 0 || !isStr(asList(argv)->items[0])) return Value();
  Utf8 script(asList(argv)->items[0]);
  if (!script.ok() || script.size() == 0) return errorClear(), Value();
  const size_t slash = script.view().rfind('/');
  return newStr(script.view().substr(slash == std::string_view::npos ? 0 : slash + 1));
}

bool open(Value ident, int options, int facility) {
  Ref text(ident && !isNone(ident) ? newRef(ident) : defaultIdentity());
  if (errorSet()) return false;
  char* copy = nullptr;
  if (text) {
    Utf8 utf8(text);
    if (!utf8.ok()) return false;
    copy = strdup(utf8.data());
  }
  if (auditing && !auditTold("syslog.openlog", {text, Value::ofSmallInt(options), Value::ofSmallInt(facility)})) return free(copy), false;
  openlog(copy, options, facility);
  free(identityText);
  identityText = copy;
  isOpen = true;
  return true;
}

Value openLog(Value, const Value* argv) {
  int options = 0, facility = LOG_USER;
  if (argv[0] && !isNone(argv[0]) && !isStr(argv[0])) return raise(TypeErrorType, "openlog() argument 1 must be str, not %T", argv[0]);
  if (!intArgument(argv[1], &options) || !intArgument(argv[2], &facility)) return Value();
  return open(argv[0], options, facility) ? newRef(none()) : Value();
}

Value log(Value, const Args& args) {
  int priority = LOG_INFO;
  const bool fits = (args.count == 1 || (args.count == 2 && intArgument(args[0], &priority))) && isStr(args[args.count - 1]);
  if (!fits) {
    errorClear();
    return raise(TypeErrorType, "[priority,] message string");
  }
  Value message = args[args.count - 1];
  if (auditing && !auditTold("syslog.syslog", {Value::ofSmallInt(priority), message})) return Value();
  if (!isOpen && !open(Value(), 0, LOG_USER)) return Value();
  Utf8 text(message);
  if (!text.ok()) return Value();
  Blocking release;
  syslog(priority, "%s", text.data());
  return none();
}

Value closeLog(Value) {
  if (isOpen) {
    closelog();
    free(identityText);
    identityText = nullptr;
    isOpen = false;
  }
  return newRef(none());
}
Value setMask(Value, Value v) {
  int mask = 0;
  return intArgument(v, &mask) ? newInt(setlogmask(mask)) : Value();
}
Value maskOf(Value, Value v) {
  int priority = 0;
  return intArgument(v, &priority) ? newInt(LOG_MASK(priority)) : Value();
}
Value maskUpTo(Value, Value v) {
  int priority = 0;
  return intArgument(v, &priority) ? newInt(LOG_UPTO(priority)) : Value();
}

constinit const MethodDef methods[] = {
    {"openlog", openLog, "(ident=None, logoption=0, facility=LOG_USER)", kMethodUnsigned},
    {"closelog", audited<"syslog.closelog", "", closeLog>},
    {"syslog", log},
    {"setlogmask", audited<"syslog.setlogmask", "0", setMask>},
    {"LOG_MASK", maskOf},
    {"LOG_UPTO", maskUpTo},
    {},
};

constexpr ModuleConstant constants[] = {
    KRAIT_MODULE_CONSTANT(LOG_EMERG), KRAIT_MODULE_CONSTANT(LOG_ALERT), KRAIT_MODULE_CONSTANT(LOG_CRIT), KRAIT_MODULE_CONSTANT(LOG_ERR),
    KRAIT_MODULE_CONSTANT(LOG_WARNING), KRAIT_MODULE_CONSTANT(LOG_NOTICE), KRAIT_MODULE_CONSTANT(LOG_INFO), KRAIT_MODULE_CONSTANT(LOG_DEBUG),
    KRAIT_MODULE_CONSTANT(LOG_PID), KRAIT_MODULE_CONSTANT(LOG_CONS), KRAIT_MODULE_CONSTANT(LOG_NDELAY), KRAIT_MODULE_CONSTANT(LOG_ODELAY),
    KRAIT_MODULE_CONSTANT(LOG_NOWAIT), KRAIT_MODULE_CONSTANT(LOG_PERROR), KRAIT_MODULE_CONSTANT(LOG_SYSLOG), KRAIT_MODULE_CONSTANT(LOG_CRON),
    KRAIT_MODULE_CONSTANT(LOG_UUCP), KRAIT_MODULE_CONSTANT(LOG_NEWS), KRAIT_MODULE_CONSTANT(LOG_AUTHPRIV), KRAIT_MODULE_CONSTANT(LOG_KERN),
    KRAIT_MODULE_CONSTANT(LOG_USER), KRAIT_MODULE_CONSTANT(LOG_MAIL), KRAIT_MODULE_CONSTANT(LOG_DAEMON), KRAIT_MODULE_CONSTANT(LOG_AUTH),
    KRAIT_MODULE_CONSTANT(LOG_LPR), KRAIT_MODULE_CONSTANT(LOG_LOCAL0), KRAIT_MODULE_CONSTANT(LOG_LOCAL1), KRAIT_MODULE_CONSTANT(LOG_LOCAL2),
    KRAIT_MODULE_CONSTANT(LOG_LOCAL3), KRAIT_MODULE_CONSTANT(LOG_LOCAL4), KRAIT_MODULE_CONSTANT(LOG_LOCAL5), KRAIT_MODULE_CONSTANT(LOG_LOCAL6),
    KRAIT_MODULE_CONSTANT(LOG_LOCAL7),
};

int execute(Value module) { return moduleAddConstants(module, constants); }

} // namespace

extern "C" constinit const NativeModule krt_module_syslog = {"syslog", methods, execute};

} // namespace krait
