// Each table's keys are looked up in a list of readers, so what is not in the list is an error with its place.
#include "tools/krait/project_file.h"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <glob.h>
#include <regex>
#include <toml++/toml.h>
#include "codegen/emit/cache.h"
#include "tools/krait/messages.h"
#include "tools/krait/suggestion.h"

namespace krait::tools {
namespace {

namespace fs = std::filesystem;
using frontend::base::ErrorPosition;
using codegen::emit::readFile;

ErrorPosition positionOf(const toml::source_region& region) {
  ErrorPosition at{.lineno = static_cast<int>(region.begin.line), .offset = static_cast<int>(region.begin.column)};
  if (region.end.line == region.begin.line) {
    at.endLineno = at.lineno;
    at.endOffset = static_cast<int>(region.end.column);
  }
  return at;
}

class Reader {
public:
  explicit Reader(Project& project) : project_(project) {}
  bool read(const toml::table& root);

private:
  using Readers = std::map<std::string, std::function<void(const toml::node&)>, std::less<>>;

  void refuse(const toml::node& at, const std::string& text) { refuse(positionOf(at.source()), text); }
  void refuse(const ErrorPosition& at, const std::string& text) {
    good_ = false;
    reportInProject(project_, at, text);
  }
  void table(const toml::node& node, const std::string& name, const Readers& readers);
  std::string line(const toml::node& node, const std::string& name);
  PlacedText placed(const toml::node& node, const std::string& name) { return {line(node, name), positionOf(node.source())}; }
  std::vector<PlacedText> placedLines(const toml::node& node, const std::string& name);
  std::vector<std::string> lines(const toml::node& node, const std::string& name);
  std::map<std::string, std::string> linesByKey(const toml::node& node, const std::string& name);
  std::vector<Person> people(const toml::node& node, const std::string& name);
  std::string fileText(const PlacedText& path);
  void readme(const toml::node& node);
  void license(const toml::node& node);
  void licenseFiles(const toml::node& node);
  void scripts(const toml::node& node, const std::string& name, const std::string& group);
  void entryPoints(const toml::node& node);
  void projectTable(const toml::node& node);
  void kraitTable(const toml::node& node);
  void checkIdentity(const toml::node& project);

  Project& project_;
  bool good_ = true;
};

void Reader::table(const toml::node& node, const std::string& name, const Readers& readers) {
  const toml::table* keys = node.as_table();
  if (!keys) return refuse(node, fmt::format("{} is to be a table", name));
  for (auto&& [key, value] : *keys) {
    const auto reader = readers.find(key.str());
    if (reader != readers.end()) {
      reader->second(value);
      continue;
    }
    std::vector<std::string> known;
    for (const auto& [knownName, ignored] : readers) known.push_back(knownName);
    const std::string near = nearest(key.str(), known);
    refuse(positionOf(key.source()), fmt::format("{} has no key '{}'{}", name, key.str(), near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
  }
}

std::string Reader::line(const toml::node& node, const std::string& name) {
  const toml::value<std::string>* text = node.as_string();
  if (!text) refuse(node, fmt::format("{} is to be a string", name));
  else if (text->get().find_first_of("\r\n") != std::string::npos) refuse(node, fmt::format("{} is to be one line", name));
  else return text->get();
  return {};
}

std::vector<PlacedText> Reader::placedLines(const toml::node& node, const std::string& name) {
  std::vector<PlacedText> all;
  if (const toml::array* array = node.as_array())
    for (const toml::node& element : *array) all.push_back(placed(element, "each of " + name));
  else refuse(node, fmt::format("{} is to be an array of strings", name));
  return all;
}

std::vector<std::string> Reader::lines(const toml::node& node, const std::string& name) {
  std::vector<std::string> all;
  for (PlacedText& text : placedLines(node, name)) all.push_back(std::move(text.text));
  return all;
}

std::map<std::string, std::string> Reader::linesByKey(const toml::node& node, const std::string& name) {
  std::map<std::string, std::string> all;
  if (const toml::table* keys = node.as_table())
    for (auto&& [key, value] : *keys) all[std::string(key.str())] = line(value, fmt::format("{}.{}", name, key.str()));
  else refuse(node, fmt::format("{} is to be a table", name));
  return all;
}

std::vector<Person> Reader::people(const toml::node& node, const std::string& name) {
  std::vector<Person> all;
  const toml::array* array = node.as_array();
  if (!array) refuse(node, fmt::format("{} is to be an array of tables", name));
  else
    for (const toml::node& element : *array) {
      Person person;
      table(element, "each of " + name, {{"name", [&](const toml::node& n) { person.name = line(n, "name"); }},
                                         {"email", [&](const toml::node& n) { person.email = line(n, "email"); }}});
      if (!person.name.empty() || !person.email.empty()) all.push_back(std::move(person));
    }
  return all;
}

std::string Reader::fileText(const PlacedText& path) {
  if (path.text.empty()) return {};
  std::error_code failure;
  const fs::path file = fs::path(project_.folder) / path.text;
  if (fs::is_regular_file(file, failure))
    if (std::optional<std::string> text = readFile(file)) return *text;
  refuse(path.position, fmt::format("can't read file '{}'", path.text));
  return {};
}

void Reader::readme(const toml::node& node) {
  PlacedText file;
  if (node.is_table())
    table(node, "project.readme", {{"file", [&](const toml::node& n) { file = placed(n, "project.readme.file"); }},
                                   {"text", [&](const toml::node& n) {
                                      if (n.is_string()) project_.readme = n.as_string()->get();
                                      else refuse(n, "project.readme.text is to be a string");
                                    }},
                                   {"content-type", [&](const toml::node& n) { project_.readmeType = line(n, "project.readme.content-type"); }}});
  else file = placed(node, "project.readme");
  if (!file.text.empty()) project_.readme = fileText(file);
  if (!project_.readmeType.empty()) return;
  const std::string suffix = fs::path(file.text).extension();
  if (suffix == ".md") project_.readmeType = "text/markdown";
  else if (suffix == ".rst") project_.readmeType = "text/x-rst";
  else if (suffix == ".txt") project_.readmeType = "text/plain";
  else if (good_) refuse(node, "project.readme needs a content-type: its file does not end in .md, .rst or .txt");
}

void Reader::license(const toml::node& node) {
  if (!node.is_table()) {
    project_.license = line(node, "project.license");
    return;
  }
  table(node, "project.license", {{"text", [&](const toml::node& n) {
                                     if (n.is_string()) project_.license = n.as_string()->get();
                                     else refuse(n, "project.license.text is to be a string");
                                   }},
                                  {"file", [&](const toml::node& n) {
                                     project_.licenseFiles.push_back(placed(n, "project.license.file"));
                                     fileText(project_.licenseFiles.back());
                                   }}});
}

void Reader::licenseFiles(const toml::node& node) {
  for (const PlacedText& pattern : placedLines(node, "project.license-files")) {
    glob_t found{};
    const std::string start = fs::path(project_.folder) / "";
    if (glob((start + pattern.text).c_str(), 0, nullptr, &found) == 0)
      for (size_t i = 0; i < found.gl_pathc; ++i) project_.licenseFiles.push_back({std::string(found.gl_pathv[i]).substr(start.size()), pattern.position});
    else refuse(pattern.position, fmt::format("no file matches '{}'", pattern.text));
    globfree(&found);
  }
}

void Reader::scripts(const toml::node& node, const std::string& name, const std::string& group) {
  static const std::regex kReference(R"([A-Za-z_]\w*(\.[A-Za-z_]\w*)*(\s*:\s*[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(\s*\[.*\])?)?)");
  const toml::table* keys = node.as_table();
  if (!keys) return refuse(node, fmt::format("{} is to be a table", name));
  for (auto&& [key, value] : *keys) {
    const std::string reference = line(value, fmt::format("{}.{}", name, key.str()));
    const bool isScript = group.ends_with("_scripts");
    if (value.is_string() && (!std::regex_match(reference, kReference) || (isScript && reference.find(':') == std::string::npos)))
      refuse(value, fmt::format("'{}' names nothing that can be called: MODULE:FUNCTION", reference));
    project_.entryPoints[group][std::string(key.str())] = reference;
  }
}

void Reader::entryPoints(const toml::node& node) {
  const toml::table* groups = node.as_table();
  if (!groups) return refuse(node, "project.entry-points is to be a table");
  for (auto&& [key, value] : *groups) {
    const std::string group(key.str());
    if (group == "console_scripts" || group == "gui_scripts")
      refuse(positionOf(key.source()), fmt::format("the group '{}' is written as project.{}", group, group == "gui_scripts" ? "gui-scripts" : "scripts"));
    else scripts(value, "project.entry-points." + group, group);
  }
}

void Reader::projectTable(const toml::node& node) {
  Project& p = project_;
  table(node, "project",
        {{"name", [&](const toml::node& n) { p.name = placed(n, "project.name"); }},
         {"version", [&](const toml::node& n) { p.version = placed(n, "project.version"); }},
         {"description", [&](const toml::node& n) { p.description = line(n, "project.description"); }},
         {"requires-python", [&](const toml::node& n) { p.requiresPython = line(n, "project.requires-python"); }},
         {"readme", [&](const toml::node& n) { readme(n); }},
         {"license", [&](const toml::node& n) { license(n); }},
         {"license-files", [&](const toml::node& n) { licenseFiles(n); }},
         {"keywords", [&](const toml::node& n) { p.keywords = lines(n, "project.keywords"); }},
         {"classifiers", [&](const toml::node& n) { p.classifiers = lines(n, "project.classifiers"); }},
         {"authors", [&](const toml::node& n) { p.authors = people(n, "project.authors"); }},
         {"maintainers", [&](const toml::node& n) { p.maintainers = people(n, "project.maintainers"); }},
         {"urls", [&](const toml::node& n) { p.urls = linesByKey(n, "project.urls"); }},
         {"dependencies", [&](const toml::node& n) { p.dependencies = lines(n, "project.dependencies"); }},
         {"optional-dependencies", [&](const toml::node& n) {
            if (!n.is_table()) return refuse(n, "project.optional-dependencies is to be a table");
            for (auto&& [key, value] : *n.as_table())
              p.optionalDependencies[std::string(key.str())] = lines(value, fmt::format("project.optional-dependencies.{}", key.str()));
          }},
         {"scripts", [&](const toml::node& n) { scripts(n, "project.scripts", "console_scripts"); }},
         {"gui-scripts", [&](const toml::node& n) { scripts(n, "project.gui-scripts", "gui_scripts"); }},
         {"entry-points", [&](const toml::node& n) { entryPoints(n); }},
         {"dynamic", [&](const toml::node& n) {
            for (const PlacedText& key : placedLines(n, "project.dynamic"))
              refuse(key.position, fmt::format("'{}' is to be written in the file: no code is run to find it", key.text));
          }}});
  if (good_) checkIdentity(node);
}

/// Name and version, which the wheel's own name is made of. A version in normal form is one that tools don't rewrite.
void Reader::checkIdentity(const toml::node& project) {
  static const std::regex kName("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
  static const std::regex kVersion(R"(([1-9]\d*!)?(0|[1-9]\d*)(\.(0|[1-9]\d*))*((a|b|rc)(0|[1-9]\d*))?(\.post(0|[1-9]\d*))?(\.dev(0|[1-9]\d*))?(\+[a-z0-9]+(\.[a-z0-9]+)*)?)");
  const Project& p = project_;
  if (p.name.position.lineno == 0) refuse(project, "project has no name");
  else if (!std::regex_match(p.name.text, kName)) refuse(p.name.position, fmt::format("'{}' is no name of a project: letters, digits and, inside, '.', '-' and '_'", p.name.text));
  if (p.version.position.lineno == 0) refuse(project, "project has no version");
  else if (!std::regex_match(p.version.text, kVersion)) refuse(p.version.position, fmt::format("'{}' is no version in PEP 440's normal form, as 1.0, 1.2.3rc1 or 2.0.post1", p.version.text));
}

void Reader::kraitTable(const toml::node& node) {
  table(node, "tool.krait", {{"modules", [&](const toml::node& n) { project_.modules = placedLines(n, "tool.krait.modules"); }},
                             {"packages", [&](const toml::node& n) { project_.packages = placedLines(n, "tool.krait.packages"); }}});
}

bool Reader::read(const toml::table& root) {
  if (const toml::node* project = root.get("project")) projectTable(*project);
  else refuse(ErrorPosition{.lineno = 1, .offset = 1}, "there is no table [project]");
  if (const toml::node* tool = root.get("tool"); tool && tool->is_table())
    if (const toml::node* krait = tool->as_table()->get("krait")) kraitTable(*krait);
  return good_;
}

} // namespace

void reportInProject(const Project& project, const ErrorPosition& position, const std::string& text) {
  Message message{.text = text, .file = project.file, .position = position};
  size_t start = 0;
  for (int line = 1; line < position.lineno && start != std::string::npos; ++line) {
    start = project.text.find('\n', start);
    if (start != std::string::npos) ++start;
  }
  if (start < project.text.size()) {
    message.line = project.text.substr(start, project.text.find('\n', start) - start);
    message.hasLine = true;
  }
  report(std::move(message));
}

std::string normalisedName(std::string_view name) {
  std::string out;
  for (char c : name) {
    const bool separates = c == '-' || c == '_' || c == '.';
    if (!separates) out += static_cast<char>(tolower(static_cast<unsigned char>(c)));
    else if (!out.ends_with('_')) out += '_';
  }
  return out;
}

bool readProject(const std::string& folder, Project& project) {
  project.folder = folder;
  project.file = (fs::path(folder) / "pyproject.toml").lexically_normal();
  std::optional<std::string> text = readFile(project.file);
  if (!text) {
    reportError(fmt::format("can't open file '{}': {}", project.file, strerror(errno)));
    return false;
  }
  project.text = std::move(*text);
  const toml::parse_result parsed = toml::parse(std::string_view(project.text), project.file);
  if (parsed) return Reader(project).read(parsed.table());
  ErrorPosition at = positionOf(parsed.error().source());
  reportInProject(project, at, std::string(parsed.error().description()));
  return false;
}

} // namespace krait::tools
