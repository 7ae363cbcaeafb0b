// Where `build` writes to when nothing was said, and where it must not.
#pragma once
#include <string>

namespace krait::tools {

/// The executable's name for the program in `file`: its name without .py, in the working folder; a package's __main__.py
/// is called after its folder. Empty with a message if there is none, or if what has the name is not an executable.
std::string defaultOutput(const std::string& file, std::string& error);

/// False with a message if writing to `output` would destroy the source.
bool mayOverwrite(const std::string& output, const std::string& file, std::string& error);

} // namespace krait::tools
