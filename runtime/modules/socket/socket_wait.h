// How a socket waits. Every call that may block runs without the GIL; with a timeout the descriptor is non-blocking and
// poll() waits for it, until the deadline. Interrupted calls serve signals and go on.
#pragma once
#include <cerrno>
#include <poll.h>
#include "runtime/modules/socket/socket_object.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/threads/timeout.h"

namespace krait::sockets {

/// Waits until `fd` is ready: 1, 0 at the deadline, -1 with an error.
int32_t waitReady(int fd, short events, double deadline);

/// Calls `operation` (a system call: -1 and errno) as the socket's timeout says: its result, or -1 with an error.
/// `connecting`: the operation was begun; wait for it before asking for its outcome.
template <class F>
ssize_t perform(SocketObject* s, short events, F operation, bool connecting = false, double* sharedDeadline = nullptr) {
  double deadline = sharedDeadline ? *sharedDeadline : s->timeout > 0 ? monotonicSeconds() + s->timeout : 0;
  for (;;) {
    if (s->timeout > 0 || connecting) {
      int32_t ready = s->timeout > 0 ? waitReady(s->fd, events, deadline) : waitReady(s->fd, events, monotonicSeconds() + 1e9);
      if (ready < 0) return -1;
      if (!ready) return raise(TimeoutErrorType, "timed out"), -1;
    }
    ssize_t result;
    int error;
    {
      Blocking release;
      result = operation();
      error = errno;
    }
    if (result >= 0) return result;
    if (error == EINTR) {
      if (pollRequests.load() && servePoll() < 0) return -1;
    } else if (!(s->timeout > 0 && (error == EAGAIN || error == EWOULDBLOCK))) {
      raiseOsError(error);
      return -1;
    }
  }
}

} // namespace krait::sockets
