// The textual form of the IR; ir/core/parser.h reads it back. docs/ir.md describes it.
#pragma once

#include "ir/core/module.h"

#include <string>

namespace krait::ir::core {

std::string toText(const Module& module);
std::string toText(const Function& function);
// One line without newline, as inside a function.
std::string toText(const Function& function, const Instruction& instruction);
std::string toText(const Module& module, ConstantId constant);

} // namespace krait::ir::core
