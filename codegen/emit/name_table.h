// The table of all names (interned str) in a program's data, made when it is linked: looking up a name made at run
// time reads one or two entries, and starting a program reads none of the names.
#pragma once
#include <string>
#include <vector>
#include "codegen/emit/target.h"

namespace krait::codegen::emit {

/// An object with the names of the runtime and of these compiled modules (paths of their objects): krt_program_names,
/// see runtime/abi/sections.h. `order` is a file of symbols: names among them stand first. Empty, with a reason, if a file
/// cannot be read.
std::string writeNameTable(const std::vector<std::string>& modules, const std::string& order, const Target& target, std::string& error);

} // namespace krait::codegen::emit
