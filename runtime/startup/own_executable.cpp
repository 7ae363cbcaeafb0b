#include "runtime/startup/own_executable.h"
#include <climits>
#include <cstdlib>
#include <sys/auxv.h>
#include <unistd.h>

namespace krait {

const std::string& ownExecutable() {
  // Never destroyed: children are started until the very end.
  static const std::string& path = *[] {
    char buffer[PATH_MAX];
    const ssize_t n = readlink("/proc/self/exe", buffer, sizeof buffer);
    if (n > 0) return new std::string(buffer, static_cast<size_t>(n));
    // No /proc: what the kernel was asked to start, while the working folder is still that one.
    const auto* started = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
    return new std::string(started && realpath(started, buffer) ? buffer : "");
  }();
  return path;
}

bool mentionsOwnExecutable(std::string_view command) {
  return !ownExecutable().empty() && command.find(ownExecutable()) != std::string_view::npos;
}

std::string executableMark(bool direct) { return std::string(kExecutableWord) + (direct ? "==" : "=") + ownExecutable(); }

bool startedAsInterpreter(const char* const* argv) {
  const char* mark = getenv(kExecutableWord);
  if (!mark || !argv[0]) return false;
  const bool direct = mark[0] == '=';
  return ownExecutable() == mark + direct && (direct || ownExecutable() == argv[0]);
}

} // namespace krait
