#include "tools/krait/output.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include "codegen/emit/cache.h"

namespace krait::tools {

bool deliver(const std::string& output, std::string_view text, std::string& error) {
  if (!output.empty() && output != "-") return codegen::emit::writeFileAtomically(output, text, error);
  fwrite(text.data(), 1, text.size(), stdout);
  if (fflush(stdout) == 0 && !ferror(stdout)) return true;
  error = fmt::format("can't write to standard output: {}", strerror(errno));
  return false;
}

} // namespace krait::tools
