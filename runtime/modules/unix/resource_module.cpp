// resource: limits and usage of processes.
#include <cerrno>
#include <sys/resource.h>
#include <unistd.h>
#include "runtime/modules/module_constants.h"
#include "runtime/object/audit.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/main_stack.h"
#include "runtime/types/arguments.h"
#include "runtime/types/float.h"
#include "runtime/types/sequence.h"
#include "runtime/types/struct_sequence.h"

namespace krait {
namespace {

constinit const char* const fields[] = {"ru_utime", "ru_stime", "ru_maxrss", "ru_ixrss", "ru_idrss", "ru_isrss", "ru_minflt", "ru_majflt",
                                        "ru_nswap", "ru_inblock", "ru_oublock", "ru_msgsnd", "ru_msgrcv", "ru_nsignals", "ru_nvcsw", "ru_nivcsw"};
constinit const StructSequenceDef definition = {fields, 16, 16};
KRAIT_STRUCT_SEQUENCE_TYPE(usageType, "resource.struct_rusage", kTypeOwnModule);

Value seconds(const timeval& t) { return newFloat(static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6); }

Value getUsage(Value, Value v) {
  int who = 0;
  if (!intArgument(v, &who)) return Value();
  struct rusage u;
  if (getrusage(static_cast<__rusage_who>(who), &u) < 0)
    return errno == EINVAL ? raise(ValueErrorType, "invalid who parameter") : raiseOsError(errno);
  const Value parts[] = {seconds(u.ru_utime), seconds(u.ru_stime), newInt(u.ru_maxrss), newInt(u.ru_ixrss), newInt(u.ru_idrss), newInt(u.ru_isrss),
                         newInt(u.ru_minflt), newInt(u.ru_majflt), newInt(u.ru_nswap), newInt(u.ru_inblock), newInt(u.ru_oublock), newInt(u.ru_msgsnd),
                         newInt(u.ru_msgrcv), newInt(u.ru_nsignals), newInt(u.ru_nvcsw), newInt(u.ru_nivcsw)};
  return newStructSequence(&usageType, &definition, parts);
}

bool resourceArgument(Value v, int* out) {
  if (!intArgument(v, out)) return false;
  if (*out >= 0 && *out < RLIM_NLIMITS) return true;
  raise(ValueErrorType, "invalid resource specified");
  return false;
}

/// (soft, hard) with the same numbers as the system's, RLIM_INFINITY as -1.
Value limitPair(const rlimit& limit) {
  return newTuple({newInt(static_cast<int64_t>(limit.rlim_cur)), newInt(static_cast<int64_t>(limit.rlim_max))});
}
bool limitArgument(Value v, rlimit* out) {
  Ref pair(toTuple(v));
  if (!pair) return false;
  if (asTuple(pair)->size != 2) return raise(ValueErrorType, "expected a tuple of 2 integers"), false;
  const int64_t soft = toInt64(asTuple(pair)->items[0]);
  if (soft == -1 && errorSet()) return false;
  const int64_t hard = toInt64(asTuple(pair)->items[1]);
  if (hard == -1 && errorSet()) return false;
  *out = {static_cast<rlim_t>(soft), static_cast<rlim_t>(hard)};
  return true;
}
Value limitError() {
  if (errno == EINVAL) return raise(ValueErrorType, "current limit exceeds maximum limit");
  if (errno == EPERM) return raise(ValueErrorType, "not allowed to raise maximum limit");
  return raiseOsError(errno);
}

Value getLimit(Value, Value v) {
  int resource = 0;
  rlimit limit;
  if (!resourceArgument(v, &resource)) return Value();
  return getrlimit(static_cast<__rlimit_resource>(resource), &limit) < 0 ? raiseOsError(errno) : limitPair(limit);
}
Value setLimit(Value, const Value* argv) {
  int resource = 0;
  rlimit limit;
  if (!resourceArgument(argv[0], &resource) || !limitArgument(argv[1], &limit)) return Value();
  if (setrlimit(static_cast<__rlimit_resource>(resource), &limit) < 0) return limitError();
  shrinkMainStack();
  return newRef(none());
}
Value processLimit(Value, const Value* argv) {
  int pid = 0, resource = 0;
  rlimit limit, old;
  if (!intArgument(argv[0], &pid) || !resourceArgument(argv[1], &resource)) return Value();
  const bool change = argv[2] && !isNone(argv[2]);
  if (change && !limitArgument(argv[2], &limit)) return Value();
  if (prlimit(pid, static_cast<__rlimit_resource>(resource), change ? &limit : nullptr, &old) < 0)
    return errno == EINVAL ? raise(ValueErrorType, "current limit exceeds maximum limit") : raiseOsError(errno);
  if (change) shrinkMainStack();
  return limitPair(old);
}
Value pageSize(Value) { return newInt(sysconf(_SC_PAGESIZE)); }

constinit const MethodDef methods[] = {
    {"getrusage", getUsage, "($module, who, /)"},
    {"getrlimit", getLimit, "($module, resource, /)"},
    {"setrlimit", audited<"resource.setrlimit", "0 1", setLimit>, "($module, resource, limits, /)"},
    {"prlimit", audited<"resource.prlimit", "0 1 2", processLimit>, "(pid, resource, limits=None, /)", kMethodUnsigned},
    {"getpagesize", pageSize, "($module, /)"},
    {},
};

constexpr ModuleConstant constants[] = {
    KRAIT_MODULE_CONSTANT(RLIMIT_CPU), KRAIT_MODULE_CONSTANT(RLIMIT_FSIZE), KRAIT_MODULE_CONSTANT(RLIMIT_DATA), KRAIT_MODULE_CONSTANT(RLIMIT_STACK),
    KRAIT_MODULE_CONSTANT(RLIMIT_CORE), KRAIT_MODULE_CONSTANT(RLIMIT_NOFILE), KRAIT_MODULE_CONSTANT(RLIMIT_OFILE), KRAIT_MODULE_CONSTANT(RLIMIT_AS),
    KRAIT_MODULE_CONSTANT(RLIMIT_RSS), KRAIT_MODULE_CONSTANT(RLIMIT_NPROC), KRAIT_MODULE_CONSTANT(RLIMIT_MEMLOCK), KRAIT_MODULE_CONSTANT(RLIMIT_MSGQUEUE),
    KRAIT_MODULE_CONSTANT(RLIMIT_NICE), KRAIT_MODULE_CONSTANT(RLIMIT_RTPRIO), KRAIT_MODULE_CONSTANT(RLIMIT_RTTIME), KRAIT_MODULE_CONSTANT(RLIMIT_SIGPENDING),
    KRAIT_MODULE_CONSTANT(RUSAGE_SELF), KRAIT_MODULE_CONSTANT(RUSAGE_CHILDREN), KRAIT_MODULE_CONSTANT(RUSAGE_THREAD), {"RLIM_INFINITY", -1},
};

int execute(Value module) {
  structSequenceReady(&usageType, &definition);
  if (moduleAddType(module, &usageType) < 0 || moduleAdd(module, "error", newRef(asValue(&OSErrorType))) < 0) return -1;
  return moduleAddConstants(module, constants);
}

} // namespace

extern "C" constinit const NativeModule krt_module_resource = {"resource", methods, execute};

} // namespace krait
