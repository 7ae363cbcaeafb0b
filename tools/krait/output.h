// What a command prints, to standard output or into a file.
#pragma once
#include <string>
#include <string_view>

namespace krait::tools {

/// To standard output if `output` is empty or "-". False with a message.
bool deliver(const std::string& output, std::string_view text, std::string& error);

} // namespace krait::tools
