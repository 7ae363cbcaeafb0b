// Checks the rules of docs/ir.md.
#pragma once

#include "ir/core/module.h"

#include <string>
#include <vector>

namespace krait::ir::core {

// Each broken rule as "@3 ^4 `%7 = call %1`: rule"; empty: all is well.
std::vector<std::string> verify(const Function& function);
std::vector<std::string> verify(const Module& module);

} // namespace krait::ir::core
