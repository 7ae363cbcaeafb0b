// _posixshmem: shared memory objects by name, for multiprocessing.shared_memory.
#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include "runtime/modules/path_argument.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

/// Calls `operation` without the GIL until no signal interrupts it; -1 with OSError or what a handler raised.
template <class F> int perform(Value path, F operation) {
  for (;;) {
    int status, error;
    {
      Blocking release;
      status = operation();
      error = errno;
    }
    if (status >= 0) return status;
    if (error != EINTR) return raiseOsError(error, path), -1;
    if (servePoll() < 0) return -1;
  }
}

bool isName(Value v, const char* function) {
  if (isStr(v)) return true;
  raise(TypeErrorType, "%s() argument 'path' must be str, not %T", function, v);
  return false;
}

Value shmOpen(Value, const Value* argv) {
  int flags = 0, mode = 0777;
  if (!isName(argv[0], "shm_open") || !intArgument(argv[1], &flags) || !intArgument(argv[2], &mode)) return Value();
  Ref name(fileSystemPath(argv[0]));
  if (!name) return Value();
  int fd = perform(argv[0], [&] { return shm_open(bytesView(name).data(), flags, static_cast<mode_t>(mode)); });
  return fd < 0 ? Value() : newInt(fd);
}

Value shmUnlink(Value, const Value* argv) {
  Ref name(isName(argv[0], "shm_unlink") ? fileSystemPath(argv[0]) : Value());
  if (!name) return Value();
  return perform(argv[0], [&] { return shm_unlink(bytesView(name).data()); }) < 0 ? Value() : newRef(none());
}

constinit const MethodDef methods[] = {
    {"shm_open", shmOpen, "($module, /, path, flags, mode=511)"},
    {"shm_unlink", shmUnlink, "($module, /, path)"},
    {},
};

} // namespace

extern "C" constinit const NativeModule krt_module_posixshmem = {"_posixshmem", methods, nullptr};

} // namespace krait
