#include "runtime/startup/own_executable.h"
#include <cstdlib>
#include <unistd.h>

namespace krait {

const std::string& ownExecutable() {
  // Never destroyed: children are started until the very end.
  static const std::string& path = *[] {
    char buffer[4096];
    ssize_t n = readlink("/proc/self/exe", buffer, sizeof buffer);
    return new std::string(buffer, n > 0 ? static_cast<size_t>(n) : 0);
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
