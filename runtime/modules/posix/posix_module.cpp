// The posix module: constants, and its methods from the other files.
#include <cerrno>
#include <climits>
#include <dlfcn.h>
#include <sched.h>
#include <linux/sched.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <sysexits.h>
#include <unistd.h>

#include "runtime/modules/module_constants.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::posix {

int32_t addConstants(Value module) {
#define C(name) {#name, static_cast<int64_t>(name)}
  static const ModuleConstant constants[] = {
      C(F_OK), C(R_OK), C(W_OK), C(X_OK), C(O_RDONLY), C(O_WRONLY), C(O_RDWR), C(O_NDELAY), C(O_NONBLOCK), C(O_APPEND), C(O_DSYNC),
      C(O_RSYNC), C(O_SYNC), C(O_FSYNC), C(O_NOCTTY), C(O_CREAT), C(O_EXCL), C(O_TRUNC), C(O_LARGEFILE), C(O_PATH), C(O_TMPFILE),
      C(O_DIRECTORY), C(O_NOFOLLOW), C(O_CLOEXEC), C(O_ACCMODE), C(O_ASYNC), C(O_DIRECT), C(O_NOATIME), C(WNOHANG), C(WUNTRACED),
      C(WCONTINUED), C(WEXITED), C(WSTOPPED), C(WNOWAIT), C(P_ALL), C(P_PID), C(P_PGID), C(P_PIDFD), C(EX_OK), C(EX_USAGE),
      C(EX_DATAERR), C(EX_NOINPUT), C(EX_NOUSER), C(EX_NOHOST), C(EX_UNAVAILABLE), C(EX_SOFTWARE), C(EX_OSERR), C(EX_OSFILE),
      C(EX_CANTCREAT), C(EX_IOERR), C(EX_TEMPFAIL), C(EX_PROTOCOL), C(EX_NOPERM), C(EX_CONFIG), C(RTLD_LAZY), C(RTLD_NOW),
      C(RTLD_GLOBAL), C(RTLD_LOCAL), C(RTLD_NODELETE), C(RTLD_NOLOAD), C(RTLD_DEEPBIND), C(NGROUPS_MAX), C(SCHED_OTHER),
      C(SCHED_FIFO), C(SCHED_RR), C(SCHED_BATCH), C(SCHED_IDLE), C(SCHED_RESET_ON_FORK), C(F_LOCK), C(F_TLOCK), C(F_ULOCK), C(F_TEST),
      C(SEEK_DATA), C(SEEK_HOLE), C(PRIO_PROCESS), C(PRIO_PGRP), C(PRIO_USER), C(GRND_NONBLOCK), C(GRND_RANDOM), {"TMP_MAX", 238328},
      {"POSIX_SPAWN_OPEN", 0}, {"POSIX_SPAWN_CLOSE", 1}, {"POSIX_SPAWN_DUP2", 2}, C(CLD_EXITED), C(CLD_KILLED), C(CLD_DUMPED),
      C(CLD_TRAPPED), C(CLD_STOPPED), C(CLD_CONTINUED), C(EFD_CLOEXEC), C(EFD_NONBLOCK), C(EFD_SEMAPHORE), C(MFD_CLOEXEC),
      C(MFD_ALLOW_SEALING), C(MFD_HUGETLB), {"MFD_HUGE_SHIFT", 26}, {"MFD_HUGE_MASK", 63}, {"MFD_HUGE_64KB", 16 << 26},
      {"MFD_HUGE_512KB", 19 << 26}, {"MFD_HUGE_1MB", 20 << 26}, {"MFD_HUGE_2MB", 21 << 26}, {"MFD_HUGE_8MB", 23 << 26},
      {"MFD_HUGE_16MB", 24 << 26}, {"MFD_HUGE_32MB", 25 << 26}, {"MFD_HUGE_256MB", 28 << 26}, {"MFD_HUGE_512MB", 29 << 26},
      {"MFD_HUGE_1GB", 30 << 26}, {"MFD_HUGE_2GB", int64_t{31} << 26}, {"MFD_HUGE_16GB", int64_t{34} << 26}, C(POSIX_FADV_NORMAL),
      C(POSIX_FADV_SEQUENTIAL), C(POSIX_FADV_RANDOM), C(POSIX_FADV_NOREUSE), C(POSIX_FADV_WILLNEED), C(POSIX_FADV_DONTNEED),
      C(RWF_HIPRI), C(RWF_DSYNC), C(RWF_SYNC), C(RWF_NOWAIT), C(RWF_APPEND), C(SPLICE_F_MOVE), C(SPLICE_F_NONBLOCK), C(SPLICE_F_MORE),
      C(ST_RDONLY), C(ST_NOSUID), C(ST_NODEV), C(ST_NOEXEC), C(ST_SYNCHRONOUS), C(ST_MANDLOCK), C(ST_WRITE), C(ST_APPEND),
      C(ST_NOATIME), C(ST_NODIRATIME), C(ST_RELATIME), C(XATTR_CREATE), C(XATTR_REPLACE), {"XATTR_SIZE_MAX", 65536}};
#undef C
  if (moduleAddConstants(module, constants) < 0) return -1;
  // What os.py reads to fill its supports_* sets.
  static const char* const have[] = {
      "HAVE_EVENTFD",    "HAVE_FACCESSAT", "HAVE_FCHDIR",    "HAVE_FCHMOD",    "HAVE_FCHMODAT", "HAVE_FCHOWN",       "HAVE_FCHOWNAT", "HAVE_FDOPENDIR",
      "HAVE_FEXECVE",    "HAVE_FPATHCONF", "HAVE_FSTATAT",   "HAVE_FSTATVFS",  "HAVE_FTRUNCATE", "HAVE_FUTIMENS",    "HAVE_FUTIMES",  "HAVE_FUTIMESAT",
      "HAVE_LCHOWN",     "HAVE_LINKAT",    "HAVE_LSTAT",     "HAVE_LUTIMES",   "HAVE_MEMFD_CREATE", "HAVE_MKDIRAT",  "HAVE_MKFIFOAT", "HAVE_MKNODAT",
      "HAVE_OPENAT",     "HAVE_READLINKAT", "HAVE_RENAMEAT", "HAVE_SYMLINKAT", "HAVE_UNLINKAT", "HAVE_UTIMENSAT"};
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
  for (const MethodDef* table : {statMethods, folderMethods, openFileMethods, processMethods, descriptorMethods, identityMethods, configurationMethods, spawnMethods, ownershipMethods})
    if (moduleAddMethods(module, table) < 0) return -1;
  for (int32_t (*add)(Value) : {addConstants, addStatTypes, addFolderTypes, addDescriptorTypes, addProcessParts, addIdentityTypes, addConfigurationNames, addSpawnTypes})
    if (add(module) < 0) return -1;
  return 0;
}
} // namespace

} // namespace krait::posix

extern "C" constinit const krait::NativeModule krt_module_posix = {"posix", krait::posix::fileMethods, krait::posix::execute};
