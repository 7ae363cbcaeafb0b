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

std::string codecModule(const std::string& library, std::string_view codec) {
  std::string name(codec);
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : '_';
  if (std::find(std::begin(kNatives), std::end(kNatives), name) != std::end(kNatives)) return {};
  static const std::map<std::string, std::string> aliases = readAliases(library);
  if (auto at = aliases.find(name); at != aliases.end()) name = at->second;
  std::error_code absent;
  return std::filesystem::exists(library + "/encodings/" + name + ".py", absent) ? "encodings." + name : std::string();
}

} // namespace krait::tools
