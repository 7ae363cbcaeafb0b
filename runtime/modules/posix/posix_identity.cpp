// posix: who a process is, and how it is scheduled.
#include <cerrno>
#include <climits>
#include <grp.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>
#include "runtime/modules/id_argument.h"
#include "runtime/modules/parsed_int.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"

namespace krait::posix {

namespace {

// ---- users and groups --------------------------------------------------------------------------

template <int (*Set)(uint32_t), bool IsUser> Value setId(Value, Value v) {
  uint32_t id;
  return idArgument(v, IsUser ? "uid" : "gid", &id) ? done(Set(id)) : Value();
}
template <int (*Set)(uint32_t, uint32_t), bool IsUser> Value setTwoIds(Value, const Value* argv) {
  uint32_t real, effective;
  const char* what = IsUser ? "uid" : "gid";
  return idArgument(argv[0], what, &real) && idArgument(argv[1], what, &effective) ? done(Set(real, effective)) : Value();
}
template <int (*Set)(uint32_t, uint32_t, uint32_t), bool IsUser> Value setThreeIds(Value, const Value* argv) {
  uint32_t real, effective, saved;
  const char* what = IsUser ? "uid" : "gid";
  return idArgument(argv[0], what, &real) && idArgument(argv[1], what, &effective) && idArgument(argv[2], what, &saved)
             ? done(Set(real, effective, saved))
             : Value();
}
template <int (*Get)(uint32_t*, uint32_t*, uint32_t*)> Value threeIds(Value) {
  uint32_t real, effective, saved;
  if (Get(&real, &effective, &saved) < 0) return raiseOsError(errno);
  return newTuple({newInt(real), newInt(effective), newInt(saved)});
}

Value setGroups(Value, Value v) {
  if (!isSequence(v)) return raise(TypeErrorType, "setgroups argument must be a sequence");
  Ref items(toTuple(v));
  if (!items) return Value();
  if (asTuple(items)->size > NGROUPS_MAX) return raise(ValueErrorType, "too many groups");
  std::vector<gid_t> groups;
  for (int64_t i = 0; i < asTuple(items)->size; ++i) {
    uint32_t id;
    if (!isInt(asTuple(items)->items[i])) return raise(TypeErrorType, "groups must be integers");
    if (!idArgument(asTuple(items)->items[i], "gid", &id)) return Value();
    groups.push_back(id);
  }
  return done(setgroups(groups.size(), groups.data()));
}
Value groupList(Value, const Value* argv) {
  uint32_t group;
  Ref user(fileSystemPath(argv[0]));
  if (!user || !idArgument(argv[1], "gid", &group)) return Value();
  int n = 64;
  std::vector<gid_t> groups(static_cast<size_t>(n));
  while (getgrouplist(bytesView(user).data(), group, groups.data(), &n) < 0) groups.resize(static_cast<size_t>(n));
  Ref list(newList(0));
  for (int i = 0; list && i < n; ++i)
    if (listAppend(list, Value::ofSmallInt(groups[static_cast<size_t>(i)])) < 0) return Value();
  return list.release();
}
Value initGroups(Value, const Value* argv) {
  uint32_t group;
  Ref user(fileSystemPath(argv[0]));
  return user && idArgument(argv[1], "gid", &group) ? done(initgroups(bytesView(user).data(), group)) : Value();
}
Value setProcessGroup(Value) { return done(setpgrp()); }

// ---- priorities --------------------------------------------------------------------------------

Value getPriority(Value, const Value* argv) {
  int which = 0, who = 0;
  if (!intArgument(argv[0], &which) || !intArgument(argv[1], &who)) return Value();
  errno = 0;
  const int priority = getpriority(static_cast<__priority_which>(which), static_cast<id_t>(who));
  return errno ? raiseOsError(errno) : newInt(priority);
}
Value setPriority(Value, const Value* argv) {
  int which = 0, who = 0, priority = 0;
  if (!intArgument(argv[0], &which) || !intArgument(argv[1], &who) || !intArgument(argv[2], &priority)) return Value();
  return done(setpriority(static_cast<__priority_which>(which), static_cast<id_t>(who), priority));
}

constinit const char* const paramFields[] = {"sched_priority"};
constinit const StructSequenceDef paramDef = {paramFields, 1, 1};
Value constructParam(Type* type, const Args& args);

constinit Type paramType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "posix.sched_param",
    .base = &tupleType,
    .flags = kTypeTuple | kTypeOwnModule,
    .instanceLayout = {.type = &paramType, .size = offsetof(TupleObject, items), .itemSize = sizeof(Value), .flags = kLayoutGc},
    .repr = structSequenceRepr,
    .construct = constructParam,
    .methods = structSequenceMethods,
};

Value constructParam(Type*, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments("sched_param", "(sched_priority)", args, argv, 1, holder) < 0) return Value();
  const Value part = newRef(argv[0]);
  return newStructSequence(&paramType, &paramDef, &part);
}

bool paramArgument(Value v, sched_param* out) {
  if (typeOf(v) != &paramType) return raise(TypeErrorType, "must have a sched_param object"), false;
  const int64_t priority = toInt64(asTuple(v)->items[0]);
  if (priority == -1 && errorSet()) return false;
  if (priority != static_cast<int>(priority)) return raise(OverflowErrorType, "sched_priority out of range"), false;
  out->sched_priority = static_cast<int>(priority);
  return true;
}

template <int (*Get)(int)> Value priorityBound(Value, const Value* argv) {
  int policy = 0;
  if (!intArgument(argv[0], &policy)) return Value();
  const int bound = Get(policy);
  return bound < 0 ? raiseOsError(errno) : newInt(bound);
}
Value getScheduler(Value, Value v) {
  int pid = 0;
  if (!parsedIntArgument(v, &pid)) return Value();
  const int policy = sched_getscheduler(pid);
  return policy < 0 ? raiseOsError(errno) : newInt(policy);
}
Value setScheduler(Value, const Value* argv) {
  int pid = 0, policy = 0;
  sched_param param;
  if (!parsedIntArgument(argv[0], &pid) || !parsedIntArgument(argv[1], &policy) || !paramArgument(argv[2], &param)) return Value();
  return done(sched_setscheduler(pid, policy, &param));
}
Value getParam(Value, Value v) {
  int pid = 0;
  sched_param param;
  if (!parsedIntArgument(v, &pid)) return Value();
  if (sched_getparam(pid, &param) < 0) return raiseOsError(errno);
  const Value part = newInt(param.sched_priority);
  return newStructSequence(&paramType, &paramDef, &part);
}
Value setParam(Value, const Value* argv) {
  int pid = 0;
  sched_param param;
  return parsedIntArgument(argv[0], &pid) && paramArgument(argv[1], &param) ? done(sched_setparam(pid, &param)) : Value();
}
Value roundRobinInterval(Value, Value v) {
  int pid = 0;
  timespec interval;
  if (!parsedIntArgument(v, &pid)) return Value();
  if (sched_rr_get_interval(pid, &interval) < 0) return raiseOsError(errno);
  return newFloat(static_cast<double>(interval.tv_sec) + 1e-9 * static_cast<double>(interval.tv_nsec));
}
Value setAffinity(Value, const Value* argv) {
  int pid = 0;
  if (!parsedIntArgument(argv[0], &pid)) return Value();
  Ref items(toTuple(argv[1]));
  cpu_set_t set;
  CPU_ZERO(&set);
  for (int64_t i = 0; items && i < asTuple(items)->size; ++i) {
    Value v = asTuple(items)->items[i];
    if (!isInt(v)) return raise(TypeErrorType, "expected an iterator of ints, but iterator yielded %R", asValue(typeOf(v)));
    const int64_t cpu = toInt64(v);
    if (cpu == -1 && errorSet()) return Value();
    if (cpu < 0) return raise(ValueErrorType, "negative CPU number");
    if (cpu > INT_MAX - 1) return raise(OverflowErrorType, "CPU number too large");
    if (cpu < CPU_SETSIZE) CPU_SET(static_cast<size_t>(cpu), &set);
  }
  return items ? done(sched_setaffinity(pid, sizeof set, &set)) : Value();
}

} // namespace

constinit const MethodDef identityMethods[] = {
    {"setuid", setId<setuid, true>, "($module, uid, /)"},
    {"seteuid", setId<seteuid, true>, "($module, euid, /)"},
    {"setgid", setId<setgid, false>, "($module, gid, /)"},
    {"setegid", setId<setegid, false>, "($module, egid, /)"},
    {"setreuid", setTwoIds<setreuid, true>, "($module, ruid, euid, /)"},
    {"setregid", setTwoIds<setregid, false>, "($module, rgid, egid, /)"},
    {"setresuid", setThreeIds<setresuid, true>, "($module, ruid, euid, suid, /)"},
    {"setresgid", setThreeIds<setresgid, false>, "($module, rgid, egid, sgid, /)"},
    {"getresuid", threeIds<getresuid>, "($module, /)"},
    {"getresgid", threeIds<getresgid>, "($module, /)"},
    {"setgroups", setGroups, "($module, groups, /)"},
    {"getgrouplist", groupList, "($module, user, group, /)"},
    {"initgroups", initGroups, "($module, username, gid, /)"},
    {"setpgrp", setProcessGroup, "($module, /)"},
    {"getpriority", getPriority, "($module, /, which, who)"},
    {"setpriority", setPriority, "($module, /, which, who, priority)"},
    {"sched_get_priority_max", priorityBound<sched_get_priority_max>, "($module, /, policy)"},
    {"sched_get_priority_min", priorityBound<sched_get_priority_min>, "($module, /, policy)"},
    {"sched_getscheduler", getScheduler, "($module, pid, /)"},
    {"sched_setscheduler", setScheduler, "($module, pid, policy, param, /)"},
    {"sched_getparam", getParam, "($module, pid, /)"},
    {"sched_setparam", setParam, "($module, pid, param, /)"},
    {"sched_rr_get_interval", roundRobinInterval, "($module, pid, /)"},
    {"sched_setaffinity", setAffinity, "($module, pid, mask, /)"},
    {},
};

int32_t addIdentityTypes(Value module) {
  structSequenceReady(&paramType, &paramDef);
  return moduleAddType(module, &paramType);
}

} // namespace krait::posix
