// Reads the textual form that ir/core/printer.h writes.
#pragma once

#include "ir/core/module.h"

#include <memory>
#include <string>
#include <string_view>

namespace krait::ir::core {

// Null on error, with `error` = "line N: what is wrong". The result is
// well-formed as data (operands exist, counts and attributes fit the
// table); whether it keeps the IR's rules is the verifier's question.
std::unique_ptr<Module> parseModule(std::string_view text, std::string& error);

} // namespace krait::ir::core
