// The posix module: constants, and its methods from the other files.
#include <cerrno>
#include <climits>
#include <dlfcn.h>
#include <sched.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "runtime/modules/posix/posix_shared.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::posix {

int32_t addConstants(Value module) {
#define C(name) {#name, name}
  static const struct { const char* name; int64_t value; } constants[] = {
      C(F_OK), C(R_OK), C(W_OK), C(X_OK), C(O_RDONLY), C(O_WRONLY), C(O_RDWR), C(O_NDELAY), C(O_NONBLOCK), C(O_APPEND), C(O_DSYNC),
      C(O_RSYNC), C(O_SYNC), C(O_NOCTTY), C(O_CREAT), C(O_EXCL), C(O_TRUNC), C(O_LARGEFILE), C(O_PATH), C(O_TMPFILE), C(O_DIRECTORY),
      C(O_NOFOLLOW), C(O_CLOEXEC), C(O_ACCMODE), C(O_ASYNC), C(O_DIRECT), C(O_NOATIME), C(WNOHANG), C(WUNTRACED), C(WCONTINUED),
      C(WEXITED), C(WSTOPPED), C(WNOWAIT), C(P_ALL), C(P_PID), C(P_PGID), C(EX_OK), C(EX_USAGE), C(EX_DATAERR), C(EX_NOINPUT),
      C(EX_NOUSER), C(EX_NOHOST), C(EX_UNAVAILABLE), C(EX_SOFTWARE), C(EX_OSERR), C(EX_OSFILE), C(EX_CANTCREAT), C(EX_IOERR),
      C(EX_TEMPFAIL), C(EX_PROTOCOL), C(EX_NOPERM), C(EX_CONFIG), C(RTLD_LAZY), C(RTLD_NOW), C(RTLD_GLOBAL), C(RTLD_LOCAL),
      C(RTLD_NODELETE), C(RTLD_NOLOAD), C(RTLD_DEEPBIND), C(NGROUPS_MAX), C(SCHED_OTHER), C(SCHED_FIFO), C(SCHED_RR), C(SCHED_BATCH),
      C(SCHED_IDLE), C(F_LOCK), C(F_TLOCK), C(F_ULOCK), C(F_TEST), C(SEEK_DATA), C(SEEK_HOLE), {"TMP_MAX", 238328}, {"PRIO_PROCESS", 0},
      {"PRIO_PGRP", 1}, {"PRIO_USER", 2}, {"GRND_NONBLOCK", 1}, {"GRND_RANDOM", 2}, {"POSIX_SPAWN_OPEN", 0}, {"POSIX_SPAWN_CLOSE", 1},
      {"POSIX_SPAWN_DUP2", 2}};
#undef C
  for (auto& c : constants)
    if (moduleAdd(module, c.name, Value::ofSmallInt(c.value)) < 0) return -1;
  // What os.py reads to fill its supports_* sets.
  static const char* const have[] = {"HAVE_FACCESSAT", "HAVE_FCHDIR", "HAVE_FCHMOD", "HAVE_FCHMODAT", "HAVE_FCHOWN", "HAVE_FCHOWNAT",
                                     "HAVE_FDOPENDIR", "HAVE_FSTATAT", "HAVE_FSTATVFS", "HAVE_FTRUNCATE", "HAVE_FUTIMENS", "HAVE_LINKAT",
                                     "HAVE_LSTAT", "HAVE_LUTIMES", "HAVE_MKDIRAT", "HAVE_MKFIFOAT", "HAVE_OPENAT", "HAVE_READLINKAT",
                                     "HAVE_RENAMEAT", "HAVE_SYMLINKAT", "HAVE_UNLINKAT", "HAVE_UTIMENSAT"};
  Ref list(newList(0));
  for (const char* h : have) {
    Ref text(newStr(h));
    if (!list || !text || listAppend(list, text) < 0) return -1;
  }
  if (moduleAdd(module, "_have_functions", list.release()) < 0) return -1;
  return moduleAdd(module, "error", asValue(&OSErrorType));
}

namespace {
int execute(Value module) {
  return moduleAddMethods(module, processMethods) < 0 || addConstants(module) < 0 || addFileTypes(module) < 0 ? -1 : addProcessParts(module);
}
} // namespace

} // namespace krait::posix

extern "C" constinit const krait::NativeModule krt_module_posix = {"posix", krait::posix::fileMethods, krait::posix::execute};
