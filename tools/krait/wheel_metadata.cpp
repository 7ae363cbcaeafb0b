#include "tools/krait/wheel_metadata.h"
#include <algorithm>
#include <fmt/format.h>
#include "tools/krait/options.h"

namespace krait::tools {
namespace {

void add(std::string& out, std::string_view field, std::string_view value) {
  if (!value.empty()) out += fmt::format("{}: {}\n", field, value);
}

/// Lines after the first are indented, as in a mail's header.
std::string folded(std::string_view text) {
  std::string out;
  while (text.ends_with('\n')) text.remove_suffix(1);
  for (char c : text) {
    if (c == '\r') continue;
    out += c;
    if (c == '\n') out += "        ";
  }
  return out;
}

/// People without an address in one field, those with one in the other.
void addPeople(std::string& out, const std::string& role, const std::vector<Person>& people) {
  std::vector<std::string> names, addresses;
  for (const Person& p : people) {
    if (p.email.empty()) names.push_back(p.name);
    else addresses.push_back(p.name.empty() ? p.email : fmt::format("{} <{}>", p.name, p.email));
  }
  add(out, role, fmt::format("{}", fmt::join(names, ", ")));
  add(out, role + "-email", fmt::format("{}", fmt::join(addresses, ", ")));
}

std::string extraName(std::string_view name) {
  std::string out = normalisedName(name);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

/// A requirement that holds only if the extra is asked for, besides its own condition.
std::string withExtra(const std::string& requirement, const std::string& extra) {
  const size_t semicolon = requirement.find(';');
  const std::string condition = fmt::format("extra == '{}'", extra);
  if (semicolon == std::string::npos) return fmt::format("{} ; {}", requirement, condition);
  const size_t start = requirement.find_first_not_of(' ', semicolon + 1);
  return fmt::format("{}; ({}) and {}", requirement.substr(0, semicolon), start == std::string::npos ? "" : requirement.substr(start), condition);
}

} // namespace

std::string distributionName(const Project& project) { return fmt::format("{}-{}", normalisedName(project.name.text), project.version.text); }

std::string metadataText(const Project& p) {
  std::string out = "Metadata-Version: 2.1\n";
  add(out, "Name", p.name.text);
  add(out, "Version", p.version.text);
  add(out, "Summary", p.description);
  add(out, "Keywords", fmt::format("{}", fmt::join(p.keywords, ",")));
  addPeople(out, "Author", p.authors);
  addPeople(out, "Maintainer", p.maintainers);
  add(out, "License", folded(p.license));
  for (const std::string& classifier : p.classifiers) add(out, "Classifier", classifier);
  for (const auto& [label, url] : p.urls) add(out, "Project-URL", fmt::format("{}, {}", label, url));
  add(out, "Requires-Python", p.requiresPython);
  for (const std::string& requirement : p.dependencies) add(out, "Requires-Dist", requirement);
  for (const auto& [name, requirements] : p.optionalDependencies) {
    add(out, "Provides-Extra", extraName(name));
    for (const std::string& requirement : requirements) add(out, "Requires-Dist", withExtra(requirement, extraName(name)));
  }
  if (!p.readme.empty()) {
    add(out, "Description-Content-Type", p.readmeType);
    out += "\n" + p.readme;
  }
  return out;
}

std::string wheelText(bool isPure, const std::string& tag) {
  return fmt::format("Wheel-Version: 1.0\nGenerator: krait {}\nRoot-Is-Purelib: {}\nTag: {}\n", kVersion, isPure ? "true" : "false", tag);
}

std::string entryPointsText(const Project& p) {
  std::string out;
  for (const auto& [group, points] : p.entryPoints) {
    out += fmt::format("{}[{}]\n", out.empty() ? "" : "\n", group);
    for (const auto& [name, reference] : points) out += fmt::format("{} = {}\n", name, reference);
  }
  return out;
}

} // namespace krait::tools
