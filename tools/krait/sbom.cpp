// CycloneDX 1.5: https://cyclonedx.org/docs/1.5/json/. Names of packages are package URLs (purl).
#include <cstring>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include "codegen/emit/cache.h"
#include "codegen/emit/sha256.h"
#include "tools/krait/contents.h"
#include "tools/krait/messages.h"
#include "tools/krait/options.h"

namespace krait::tools {
namespace {

using Json = std::string; // the text of a value

/// `indent`: 0: on one line; otherwise each item on a line, by so much from the margin.
Json array(const std::vector<Json>& items, int indent = 0) {
  if (!indent || items.empty()) return fmt::format("[{}]", fmt::join(items, ", "));
  const std::string line = "\n" + std::string(static_cast<size_t>(indent), ' ');
  return fmt::format("[{}{}\n{}]", line, fmt::join(items, "," + line), std::string(static_cast<size_t>(indent) - 2, ' '));
}
/// Fields without a value are left out.
Json object(std::initializer_list<std::pair<std::string_view, Json>> fields) {
  std::vector<Json> given;
  for (const auto& [name, value] : fields)
    if (!value.empty()) given.push_back(fmt::format("{}: {}", jsonText(name), value));
  return fmt::format("{{{}}}", fmt::join(given, ", "));
}
Json textOrNone(std::string_view text) { return text.empty() ? Json() : jsonText(text); }

/// Of a file; none if it cannot be read.
Json hashesOf(const std::string& path) {
  const auto bytes = codegen::emit::readFile(path);
  return bytes ? array({object({{"alg", jsonText("SHA-256")}, {"content", jsonText(codegen::emit::sha256Hex(*bytes))}})}) : Json();
}

/// An expression of SPDX's has identifiers without spaces, joined by words in capitals.
bool isExpression(std::string_view licence) {
  bool isIdentifier = false; // the word before
  while (!licence.empty()) {
    const std::string_view word = licence.substr(0, licence.find(' '));
    licence.remove_prefix(std::min(licence.size(), word.size() + 1));
    const bool joins = word == "WITH" || word == "AND" || word == "OR";
    if (joins != isIdentifier) return false;
    isIdentifier = !joins;
  }
  return isIdentifier;
}

Json licencesOf(const std::string& licence) {
  if (isExpression(licence)) return array({object({{"expression", jsonText(licence)}})});
  return array({object({{"license", object({{"name", jsonText(licence)}})}})});
}

/// As package URLs write what is neither a letter, a digit nor one of "-._~".
std::string quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr("-._~", c))) out += c;
    else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string urlOf(const ContainedPart& part) {
  if (!part.package.empty()) return fmt::format("pkg:deb/debian/{}{}?arch=amd64", quoted(part.package), part.version.empty() ? "" : "@" + quoted(part.version));
  if (part.modules.empty() || part.version.empty()) return {};
  std::string name;
  for (const char c : part.name) name += c == '_' ? '-' : static_cast<char>(tolower(c));
  return fmt::format("pkg:pypi/{}@{}", quoted(name), quoted(part.version));
}

Json modulesOf(const std::vector<const BuiltModule*>& modules) {
  std::vector<Json> all;
  for (const BuiltModule* m : modules)
    all.push_back(object({{"type", jsonText("file")}, {"name", jsonText(m->name)}, {"mime-type", jsonText("text/x-python")}, {"hashes", hashesOf(m->path)}}));
  return all.empty() ? Json() : array(all, 8);
}

Json componentOf(const ContainedPart& part) {
  return object({{"type", jsonText("library")}, {"name", jsonText(part.name)}, {"version", textOrNone(part.version)},
                 {"description", part.what == part.name ? Json() : jsonText(part.what)}, {"licenses", licencesOf(part.licence)},
                 {"purl", textOrNone(urlOf(part))}, {"components", modulesOf(part.modules)}});
}

Json loaded(const std::string& name, const char* when) {
  return object({{"type", jsonText("library")}, {"name", jsonText(name)}, {"description", jsonText(fmt::format("not contained: loaded {} from the machine it runs on", when))},
                 {"scope", jsonText("excluded")}});
}

} // namespace

std::string bomOf(const BuiltProgram& program, const std::string& stdlib, const std::vector<std::string>& sitePackages) {
  const std::vector<ContainedPart> parts = contentsOf(program, stdlib, sitePackages);
  const Json self = object({{"type", jsonText("application")}, {"name", jsonText(baseName(program.output))}, {"hashes", hashesOf(program.output)},
                            {"components", modulesOf(ownModules(program, parts))}});
  const Json tool = object({{"type", jsonText("application")}, {"name", jsonText("krait")}, {"version", jsonText(kVersion)}});
  std::vector<Json> components;
  for (const ContainedPart& part : parts) components.push_back(componentOf(part));
  for (const std::string& library : program.atStart) components.push_back(loaded(library, "at its start"));
  for (const std::string& library : program.whenCalled) components.push_back(loaded("lib" + library, "when it is first called"));
  return fmt::format("{{\n  \"$schema\": \"http://cyclonedx.org/schema/bom-1.5.schema.json\",\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\",\n"
                     "  \"version\": 1,\n  \"metadata\": {},\n  \"components\": {}\n}}\n",
                     object({{"tools", object({{"components", array({tool})}})}, {"component", self}}), array(components, 4));
}

} // namespace krait::tools
