// Which module of the package encodings a codec's name stands for.
#pragma once
#include <string>
#include <string_view>

namespace krait::tools {

/// "encodings.cp1252" for "windows-1252"; empty if the runtime has the codec in itself, or nobody has it.
/// `library` is the standard library's folder, whose encodings/aliases.py is read at the first call.
std::string codecModule(const std::string& library, std::string_view codec);

} // namespace krait::tools
