// Binding arguments to parameters while compiling: what goes where if a call enters a certain function.
#pragma once

#include "ir/core/module.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace krait::ir::analysis {

struct Binding {
  // By parameter: the number of an argument, or kDefault plus the number of a default value.
  static constexpr uint32_t kDefault = 1u << 16;
  std::vector<uint32_t> sources;
  bool usesDefaults = false;
  bool isTrivial = true; // each parameter has the argument of its number
};

// For `count` arguments, the last of which are named, and a function with so many default values. Nothing where the call is
// wrong, or the function takes more than plain parameters.
std::optional<Binding> bindArguments(const core::Function& function, uint32_t defaults, size_t count,
                                     std::span<const std::string_view> keywords);

// The parameter that an argument of that name is for.
std::optional<uint32_t> parameterNamed(const core::Function& function, std::string_view name);

// The names of a call's last arguments.
std::vector<std::string_view> keywordsIn(const core::Module& module, core::ConstantId names);
std::vector<std::string_view> keywordsOf(const core::Instruction& call);

} // namespace krait::ir::analysis
