#include "ir/analysis/binding.h"

namespace krait::ir::analysis {

using namespace core;

std::optional<Binding> bindArguments(const Function& function, uint32_t defaults, size_t count, std::span<const std::string_view> keywords) {
  constexpr uint32_t kMissing = ~0u;
  const size_t parameters = function.argCount;
  if (function.paramCount() != parameters || count > parameters || defaults > parameters) return std::nullopt;
  Binding made;
  made.sources.assign(parameters, kMissing);
  const size_t positional = count - keywords.size();
  for (uint32_t n = 0; n < positional; ++n) made.sources[n] = n;
  for (uint32_t k = 0; k < keywords.size(); ++k) {
    size_t at = function.posOnlyCount;
    while (at < parameters && function.locals[at].name != keywords[k]) ++at;
    if (at == parameters || made.sources[at] != kMissing) return std::nullopt;
    made.sources[at] = static_cast<uint32_t>(positional + k);
  }
  for (uint32_t n = 0; n < parameters; ++n) {
    if (made.sources[n] == kMissing) {
      if (n + defaults < parameters) return std::nullopt;
      made.sources[n] = Binding::kDefault + static_cast<uint32_t>(n + defaults - parameters);
      made.usesDefaults = true;
    }
    made.isTrivial &= made.sources[n] == n;
  }
  return made;
}

} // namespace krait::ir::analysis
