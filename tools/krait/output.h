// What a command prints, to standard output or where -o says.
#pragma once
#include <string>
#include <string_view>
#include "tools/krait/options.h"

namespace krait::tools {

/// False with a message.
bool deliver(const Options& options, std::string_view text, std::string& error);

} // namespace krait::tools
