#include "tools/krait/output_name.h"
#include <filesystem>
#include <fmt/core.h>
#include <fstream>

namespace krait::tools {

namespace fs = std::filesystem;

std::string defaultOutput(const std::string& file, std::string& error) {
  if (file == "-") {
    error = "a program from standard input has no name: say -o OUT";
    return {};
  }
  fs::path path(file);
  if (!path.has_filename()) path = path.parent_path(); // a folder with a slash behind it
  if (path.filename() == "__main__.py" && fs::absolute(path).lexically_normal().parent_path().has_filename())
    path = fs::absolute(path).lexically_normal().parent_path();
  std::string name = path.extension() == ".py" ? path.stem() : path.filename();
  std::error_code failure;
  const fs::file_status there = fs::status(name, failure);
  if (!fs::exists(there)) return name;
  if (fs::equivalent(name, file, failure)) {
    error = fmt::format("the program would be overwritten by its executable '{}': say -o OUT", name);
    return {};
  }
  char magic[4] = {};
  if (fs::is_regular_file(there)) std::ifstream(name, std::ios::binary).read(magic, sizeof magic);
  if (std::string_view(magic, 4) == "\177ELF" || (fs::is_regular_file(there) && fs::file_size(name, failure) == 0)) return name;
  error = fmt::format("'{}' is there already and is {}: say -o OUT", name, fs::is_directory(there) ? "a folder" : "no executable");
  return {};
}

bool mayOverwrite(const std::string& output, const std::string& file, std::string& error) {
  std::error_code failure;
  if (file == "-" || !fs::is_regular_file(output, failure) || !fs::equivalent(output, file, failure)) return true;
  error = fmt::format("'{}' is the source: the output needs another name", output);
  return false;
}

} // namespace krait::tools
