// Binding arguments to parameters while compiling: what goes where if a call enters a certain function.
#pragma once

#include "ir/core/module.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace krait::ir::analysis {

// What a function's `def` gives those that a call leaves out: how many of the last positional parameters, and which keyword-only ones, in
// the order of its dict.
struct DefaultValues {
  uint32_t positional = 0;
  std::span<const uint32_t> keywordOnly = {};
};

struct Binding {
  // By parameter: the number of an argument, kDefault plus the number of a default value, or kKeywordDefault plus its place
  // among those of keyword-only parameters.
  static constexpr uint32_t kDefault = 1u << 16, kKeywordDefault = 1u << 17;
  std::vector<uint32_t> sources;
  bool usesDefaults = false, usesKeywordDefaults = false;
  bool isTrivial = true; // each parameter has the argument of its number
};

// For `count` arguments, the last of which are named, and a function with such default values. Nothing where the call is
// wrong, or the function gathers arguments (`*args`, `**kw`).
std::optional<Binding> bindArguments(const core::Function& function, const DefaultValues& defaults, size_t count,
                                     std::span<const std::string_view> keywords);

// The parameter that an argument of that name is for.
std::optional<uint32_t> parameterNamed(const core::Function& function, std::string_view name);

// The names of a call's last arguments.
std::vector<std::string_view> keywordsIn(const core::Module& module, core::ConstantId names);
std::vector<std::string_view> keywordsOf(const core::Instruction& call);

} // namespace krait::ir::analysis
