#include "runtime/modules/socket/socket_wait.h"
#include <cmath>

namespace krait::sockets {

double defaultTimeout = -1;

int32_t readTimeout(Value v, double* out) {
  if (isNone(v)) {
    *out = -1;
    return 0;
  }
  double seconds;
  if (secondsOf(v, 1, &seconds) < 0) return -1;
  if (seconds < 0) return fail(ValueErrorType, "Timeout value out of range");
  *out = seconds;
  return 0;
}

int32_t waitReady(int fd, short events, double deadline) {
  if (fd < 0) return 1; // closed: the call itself says so
  for (;;) {
    double left = deadline - monotonicSeconds();
    if (left < 0) left = 0;
    pollfd item = {fd, events, 0};
    int status, error;
    {
      Blocking release;
      status = poll(&item, 1, static_cast<int>(std::ceil(left * 1000)));
      error = errno;
    }
    if (status >= 0) return status > 0;
    if (error != EINTR) return raiseOsError(error), -1;
    if (pollRequests.load() && servePoll() < 0) return -1;
  }
}

} // namespace krait::sockets
