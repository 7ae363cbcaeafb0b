#include "tools/krait/codec_modules.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>

namespace krait::tools {
namespace {

constexpr std::string_view kNatives[] = {
#define NATIVE_CODEC(name, codec) name,
#include "runtime/abi/codecs.def"
};

/// In the package encodings, but not for the text of files: from bytes to bytes or text to text, for host names, of other systems.
constexpr std::string_view kNoTextCodecs[] = {"__init__", "aliases", "base64_codec", "bz2_codec", "hex_codec", "idna", "mbcs", "oem", "quopri_codec",
                                              "rot_13", "undefined", "uu_codec", "zlib_codec"};

/// The rows `'alias' : 'codec',` of encodings/aliases.py.
std::map<std::string, std::string> readAliases(const std::string& library) {
  std::map<std::string, std::string> aliases;
  std::ifstream file(library + "/encodings/aliases.py");
  for (std::string line; std::getline(file, line);) {
    size_t quotes[4], n = 0;
    for (size_t i = 0; i < line.size() && n < 4 && line[i] != '#'; ++i)
      if (line[i] == '\'') quotes[n++] = i;
    if (n == 4) aliases[line.substr(quotes[0] + 1, quotes[1] - quotes[0] - 1)] = line.substr(quotes[2] + 1, quotes[3] - quotes[2] - 1);
  }
  return aliases;
}

} // namespace

std::string codecModule(const std::string& library, std::string_view codec, bool isWanted) {
  std::string name(codec);
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : '_';
  if (!isWanted && std::find(std::begin(kNatives), std::end(kNatives), name) != std::end(kNatives)) return {};
  static const std::map<std::string, std::string> aliases = readAliases(library);
  if (auto at = aliases.find(name); at != aliases.end()) name = at->second;
  std::error_code absent;
  return std::filesystem::exists(library + "/encodings/" + name + ".py", absent) ? "encodings." + name : std::string();
}

std::vector<std::string> textCodecModules(const std::string& library) {
  std::vector<std::string> modules;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(library + "/encodings", absent))
    if (const std::string name = entry.path().stem();
        entry.path().extension() == ".py" && std::find(std::begin(kNoTextCodecs), std::end(kNoTextCodecs), name) == std::end(kNoTextCodecs))
      modules.push_back("encodings." + name);
  std::sort(modules.begin(), modules.end());
  return modules;
}

} // namespace krait::tools
