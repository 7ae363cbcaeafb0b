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
    const auto at = parameterNamed(function, keywords[k]);
    if (!at || made.sources[*at] != kMissing) return std::nullopt;
    made.sources[*at] = static_cast<uint32_t>(positional + k);
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

std::optional<uint32_t> parameterNamed(const Function& function, std::string_view name) {
  for (uint32_t n = function.posOnlyCount; n < function.argCount + function.kwOnlyCount; ++n)
    if (function.locals[n].name == name) return n;
  return std::nullopt;
}

std::vector<std::string_view> keywordsIn(const Module& module, ConstantId names) {
  std::vector<std::string_view> keywords;
  if (names != kNone)
    for (ConstantId k : module.constants[names].elements) keywords.push_back(module.constants[k].text);
  return keywords;
}

std::vector<std::string_view> keywordsOf(const Instruction& call) {
  const bool isNamed = call.is(Op::CallKw) || call.is(Op::MethodCallKw);
  return keywordsIn(call.block->function->module, isNamed ? call.index : call.is(Op::MethodKw) || call.is(Op::BoundCallKw) ? call.index2 : kNone);
}

} // namespace krait::ir::analysis
