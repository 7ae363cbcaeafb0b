#include "tools/krait/check_command.h"
#include <algorithm>
#include <filesystem>
#include <fmt/core.h>
#include <unordered_set>
#include "frontend/sema/advice.h"
#include "tools/krait/messages.h"
#include "tools/krait/source_module.h"

namespace krait::tools {
namespace {

namespace fs = std::filesystem;

/// Neither hidden, nor written by Python, nor somebody else's: a virtual environment.
bool isSourceFolder(const fs::path& folder) {
  std::error_code absent;
  const std::string name = folder.filename();
  return !name.starts_with('.') && name != "__pycache__" && !fs::exists(folder / "pyvenv.cfg", absent);
}

/// The files that a command line names, sorted within each folder. False after reporting.
bool expand(const std::vector<std::string>& named, std::vector<std::string>& files) {
  bool good = true;
  for (const std::string& name : named) {
    std::error_code failure;
    if (!fs::is_directory(name, failure)) {
      files.push_back(name);
      continue;
    }
    std::vector<std::string> inside;
    fs::recursive_directory_iterator at(name, failure), end;
    for (; !failure && at != end; at.increment(failure)) {
      if (at->is_directory(failure) && !isSourceFolder(at->path())) at.disable_recursion_pending();
      else if (at->path().extension() == ".py" && at->is_regular_file(failure)) inside.push_back(at->path().lexically_normal());
    }
    if (failure) {
      reportError(fmt::format("can't read folder '{}': {}", name, failure.message()));
      good = false;
    } else if (inside.empty()) {
      reportError(fmt::format("no .py file in folder '{}'", name));
      good = false;
    }
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return good;
}

bool isBuiltin(std::string_view name) {
  static const std::unordered_set<std::string_view> names{
#define BUILTIN(name) #name,
#include "runtime/abi/builtins.def"
      "__import__", "__build_class__", "exit", "quit", "copyright", "credits", "license", "help"};
  return names.contains(name);
}

/// False if it has errors.
bool checkFile(const std::string& file) {
  SourceModule source;
  std::string error;
  source.name = "__main__";
  source.filename = file == "-" ? "<stdin>" : file;
  source.wantsAllErrors = true;
  if (!readSource(file, source.bytes, error)) {
    reportError(error);
    return false;
  }
  if (source.decode() && source.parse() && source.analyze())
    frontend::sema::advise(*source.buffer, source.tree, *source.analysis, source.symbols, isBuiltin, source.diagnostics);
  return !reportDiagnostics(source, true);
}

std::string counted(size_t number, const char* what) { return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s"); }

} // namespace

int checkFiles(const Options& options) {
  std::vector<std::string> files;
  bool good = expand(options.files, files);
  size_t bad = 0;
  for (const std::string& file : files) bad += !checkFile(file);
  const MessageCounts counts = reportedMessages();
  if (files.size() > 1 && options.messageFormat == "text" && counts.errors + counts.warnings > 0)
    fmt::print(stderr, "krait: {} and {}; {} of {} cannot be compiled\n", counted(counts.errors, "error"), counted(counts.warnings, "warning"), bad,
               counted(files.size(), "file"));
  return good && bad == 0 ? 0 : 1;
}

} // namespace krait::tools
