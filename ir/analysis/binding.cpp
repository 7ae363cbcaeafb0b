#include "ir/analysis/binding.h"

#include <algorithm>

namespace krait::ir::analysis {

using namespace core;

std::optional<Binding> bindArguments(const Function& function, const DefaultValues& defaults, size_t count, std::span<const std::string_view> keywords) {
  constexpr uint32_t kMissing = ~0u;
  const size_t parameters = function.argCount, positional = count - keywords.size();
  if (function.hasVarArgs || function.hasVarKeywords || positional > parameters || defaults.positional > parameters) return std::nullopt;
  Binding made;
  made.sources.assign(function.paramCount(), kMissing);
  for (uint32_t n = 0; n < positional; ++n) made.sources[n] = n;
  for (uint32_t k = 0; k < keywords.size(); ++k) {
    const auto at = parameterNamed(function, keywords[k]);
    if (!at || made.sources[*at] != kMissing) return std::nullopt;
    made.sources[*at] = static_cast<uint32_t>(positional + k);
  }
  for (uint32_t n = 0; n < made.sources.size(); ++n) {
    if (made.sources[n] == kMissing && n >= parameters) {
      const auto given = std::ranges::find(defaults.keywordOnly, n);
      if (given == defaults.keywordOnly.end()) return std::nullopt;
      made.sources[n] = Binding::kKeywordDefault + static_cast<uint32_t>(given - defaults.keywordOnly.begin());
      made.usesKeywordDefaults = true;
    } else if (made.sources[n] == kMissing) {
      if (n + defaults.positional < parameters) return std::nullopt;
      made.sources[n] = Binding::kDefault + static_cast<uint32_t>(n + defaults.positional - parameters);
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
