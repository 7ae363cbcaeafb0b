// Which module of the package encodings a codec's name stands for.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace krait::tools {

/// "encodings.cp1252" for "windows-1252"; empty if nobody has it, or, unless the module `isWanted`, the runtime has the codec in itself.
/// `library` is the standard library's folder, whose encodings/aliases.py is read at the first call.
std::string codecModule(const std::string& library, std::string_view codec, bool isWanted);
/// The modules of all codecs of text, for programs that compute a codec's name.
std::vector<std::string> textCodecModules(const std::string& library);

} // namespace krait::tools
