// The root is src/ if there is one, and everything in it belongs to the wheel; otherwise what is called as the project.
// [tool.krait] packages says it differently.
#include "tools/krait/project_layout.h"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <set>
#include "tools/krait/messages.h"
#include "tools/krait/module_finder.h"

namespace krait::tools {
namespace {

namespace fs = std::filesystem;

constexpr char kInit[] = "__init__.py";

/// Hidden, or written by Python or by its tools.
bool isByproduct(const fs::path& path) {
  const std::string name = path.filename();
  return name.starts_with('.') || name == "__pycache__" || name.ends_with(".pyc") || name.ends_with(".egg-info") || name.ends_with(".dist-info");
}

void collect(const fs::path& root, const fs::path& inside, std::vector<std::string>& files) {
  std::error_code failure;
  if (isByproduct(inside)) return;
  if (fs::is_regular_file(root / inside, failure)) files.push_back(inside.generic_string());
  for (fs::directory_iterator at(root / inside, failure), end; !failure && at != end; at.increment(failure)) collect(root, inside / at->path().filename(), files);
}

class Layout {
public:
  Layout(const Project& project, ProjectLayout& out) : project_(project), out_(out) {}
  bool find() {
    std::error_code failure;
    const fs::path folder = project_.folder, src = folder / "src";
    hasSrc_ = fs::is_directory(src, failure);
    out_.root = hasSrc_ ? src : folder;
    if (!findTops()) return false;
    for (const std::string& top : tops_) collect(out_.root, top, out_.files);
    std::sort(out_.files.begin(), out_.files.end());
    return project_.modules ? chooseParts() : compileAll();
  }

private:
  bool isFile(const std::string& name) const { return std::binary_search(out_.files.begin(), out_.files.end(), name); }
  bool refuse(const PlacedText& at, const std::string& text) {
    reportInProject(project_, at.position, text);
    return false;
  }
  bool findTops();
  bool findTop(const PlacedText& name, const std::string& complaint);
  bool chooseParts();
  bool compileAll();
  void compileUnder(const std::string& name, const std::string& path);
  void addPackage(const std::string& name, const std::string& path);
  void addModule(const std::string& name, const std::string& file) { out_.parts.push_back({name, file, false, {file}}); }

  const Project& project_;
  ProjectLayout& out_;
  bool hasSrc_ = false;
  std::set<std::string> tops_; // names in the root
};

bool Layout::findTop(const PlacedText& name, const std::string& complaint) {
  std::error_code failure;
  const bool isPlain = !name.text.empty() && name.text.find_first_of("./") == std::string::npos;
  for (const std::string& file : {name.text, name.text + ".py"})
    if (isPlain && fs::exists(fs::path(out_.root) / file, failure)) return tops_.insert(file), true;
  return refuse(name, complaint);
}

bool Layout::findTops() {
  if (project_.packages) {
    bool good = true;
    for (const PlacedText& name : *project_.packages)
      good &= findTop(name, fmt::format("there is no package or module '{}' in {}", name.text, hasSrc_ ? "src/" : "the project's folder"));
    return good;
  }
  if (!hasSrc_) {
    const std::string name = normalisedName(project_.name.text);
    return findTop({name, project_.name.position}, fmt::format("there is neither src/ nor a package or module '{}': say what the wheel has in tool.krait.packages", name));
  }
  std::error_code failure;
  for (fs::directory_iterator at(out_.root, failure), end; !failure && at != end; at.increment(failure)) tops_.insert(at->path().filename());
  return true;
}

void Layout::addPackage(const std::string& name, const std::string& path) {
  CompiledPart part{name, path + "/" + kInit, true, {path + "/" + kInit}};
  for (const std::string& module : modulesUnder(fs::path(out_.root) / path)) {
    std::string file = path + "/" + module;
    std::replace(file.begin() + static_cast<std::ptrdiff_t>(path.size()), file.end(), '.', '/');
    file += ".py";
    const bool isMain = file.ends_with("/__main__.py"); // which python -m wants the source of
    if (!isMain && isFile(file)) part.replaced.push_back(file);
    else if (const std::string init = file.substr(0, file.size() - 3) + "/" + kInit; !isMain && isFile(init)) part.replaced.push_back(init);
  }
  out_.parts.push_back(std::move(part));
}

void Layout::compileUnder(const std::string& name, const std::string& path) {
  if (isFile(path + "/" + kInit)) return addPackage(name, path);
  std::set<std::string> folders;
  for (const std::string& file : out_.files) {
    if (!file.starts_with(path + "/") || !file.ends_with(".py")) continue;
    const std::string rest = file.substr(path.size() + 1);
    if (const size_t slash = rest.find('/'); slash != std::string::npos) folders.insert(rest.substr(0, slash));
    else if (rest != kInit && rest != "__main__.py") addModule(name + "." + rest.substr(0, rest.size() - 3), file);
  }
  for (const std::string& folder : folders) compileUnder(name + "." + folder, path + "/" + folder);
}

bool Layout::compileAll() {
  for (const std::string& top : tops_) {
    if (isFile(top) && top.ends_with(".py")) addModule(top.substr(0, top.size() - 3), top);
    else if (!isFile(top)) compileUnder(top, top);
  }
  return true;
}

bool Layout::chooseParts() {
  bool good = true;
  for (const PlacedText& module : *project_.modules) {
    std::string path = module.text;
    std::replace(path.begin(), path.end(), '.', '/');
    const auto outer = std::find_if(project_.modules->begin(), project_.modules->end(), [&](const PlacedText& other) {
      return &other != &module && (module.text == other.text || (module.text.starts_with(other.text + ".")));
    });
    if (outer != project_.modules->end())
      good = refuse(module, module.text == outer->text ? fmt::format("'{}' is named twice", module.text)
                                                       : fmt::format("'{}' is part of '{}', which is compiled as a whole", module.text, outer->text));
    else if (module.text == "__main__" || module.text.ends_with(".__main__")) good = refuse(module, "a __main__ can't be compiled: python -m wants its source");
    else if (isFile(path + ".py")) addModule(module.text, path + ".py");
    else if (isFile(path + "/" + kInit)) addPackage(module.text, path);
    else good = refuse(module, fmt::format("the wheel has no module or package '{}'", module.text));
  }
  return good;
}

} // namespace

bool findLayout(const Project& project, ProjectLayout& layout) { return Layout(project, layout).find(); }

} // namespace krait::tools
