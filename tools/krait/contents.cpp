// Debian's machine-readable copyright files are stanzas with fields, parted by empty lines; " ." stands for an empty line in a
// field. The text of a licence is in the field License of the stanza about the files, or in a stanza of its own.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>
#include "codegen/emit/cache.h"
#include "tools/krait/contents.h"
#include "tools/krait/options.h"

namespace krait::tools {
namespace {

namespace fs = std::filesystem;

struct LinkedRow {
  std::string_view file, what, licence, package, files;
  bool wantsText;
};
constexpr LinkedRow kLinked[] = {
#define LINKED(...) {__VA_ARGS__},
#include "tools/krait/licences.def"
};

/// Members of Krait's archives that are made of the Unicode Character Database.
constexpr std::string_view kUnicodeMembers[] = {"char_types.cpp.o", "database.cpp.o", "names.cpp.o", "unicode.cpp.o", "unicode_names.cpp.o"};
constexpr char kUnicodeNotice[] = "Copyright (c) 1991-2021 Unicode, Inc. All rights reserved. Distributed under the Terms of Use in\n"
                                  "https://www.unicode.org/copyright.html; the licence's text: https://www.unicode.org/license.txt\n";

using Field = std::pair<std::string, std::string>; // name, value with its line breaks
std::vector<std::vector<Field>> stanzasOf(std::string_view text) {
  std::vector<std::vector<Field>> stanzas(1);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const size_t colon = line.find(':');
    if (line.empty()) {
      if (!stanzas.back().empty()) stanzas.emplace_back();
    } else if (line[0] == ' ' || line[0] == '\t') {
      if (!stanzas.back().empty()) stanzas.back().back().second += "\n" + std::string(line.substr(1) == "." ? "" : line.substr(1));
    } else if (colon != std::string_view::npos) {
      const size_t value = line.find_first_not_of(' ', colon + 1);
      stanzas.back().push_back({std::string(line.substr(0, colon)), std::string(value == std::string_view::npos ? "" : line.substr(value))});
    }
  }
  return stanzas;
}

std::string_view fieldOf(const std::vector<Field>& stanza, std::string_view name) {
  for (const Field& field : stanza)
    if (field.first == name) return field.second;
  return {};
}

/// What a copyright file says about `files`, or all of it.
std::string noticeIn(const std::string& text, std::string_view files) {
  if (files.empty() || !text.starts_with("Format:")) return text;
  const auto stanzas = stanzasOf(text);
  for (const auto& stanza : stanzas) {
    if (fieldOf(stanza, "Files") != files) continue;
    std::string licence(fieldOf(stanza, "License"));
    const std::string name = licence.substr(0, licence.find('\n'));
    if (name == licence) // its text is elsewhere
      for (const auto& other : stanzas)
        if (fieldOf(other, "Files").empty() && fieldOf(other, "License").starts_with(name + "\n")) licence = fieldOf(other, "License");
    std::string copyright(fieldOf(stanza, "Copyright"));
    if (!copyright.empty() && copyright[0] != '\n') copyright.insert(0, "Copyright: ");
    return copyright + "\n\n" + licence + "\n";
  }
  return text;
}

/// What the package's copyright file says; it is beside the archive if that came with Krait.
std::string debianText(std::string_view package, std::string_view files, const std::string& archive = {}) {
  const std::string path = fmt::format("/usr/share/doc/{}/copyright", package);
  auto text = codegen::emit::readFile(fs::path(archive).replace_filename(fmt::format("{}.copyright", package)));
  if (!text) text = codegen::emit::readFile(path);
  return text ? noticeIn(*text, files) : fmt::format("(its text is not on this machine, where it would be {})\n", path);
}

/// Of a package of the machine that builds; empty: it has none of that name.
std::string debianVersion(std::string_view package) {
  static const std::string status = codegen::emit::readFile("/var/lib/dpkg/status").value_or("");
  const std::string begin = fmt::format("Package: {}\n", package);
  size_t at = status.starts_with(begin) ? 0 : status.find("\n" + begin);
  if (package.empty() || at == std::string::npos) return {};
  const std::string_view stanza = std::string_view(status).substr(at, status.find("\n\n", at + 1) - at);
  const size_t version = stanza.find("\nVersion: ");
  if (version == std::string_view::npos) return {};
  const std::string_view line = stanza.substr(version + 10);
  return std::string(line.substr(0, line.find('\n')));
}

std::string firstValue(const std::string& text, std::string_view key) {
  for (const auto& stanza : stanzasOf(text))
    if (const std::string_view value = fieldOf(stanza, key); !value.empty()) return std::string(value.substr(0, value.find('\n')));
  return {};
}

/// "Ruamel_Yaml" and "ruamel.yaml" are one distribution.
std::string normalized(std::string_view name) {
  std::string out;
  for (char c : name) out += c == '_' || c == '.' ? '-' : static_cast<char>(tolower(c));
  return out;
}

/// The installed package that has the top-level module.
ContainedPart installedPackage(const std::string& module, const std::string& folder) {
  ContainedPart found;
  found.what = fmt::format("{} (installed in {})", module, folder);
  found.licence = "not stated: ask its authors";
  found.wantsText = true;
  found.name = module;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    const std::string name = entry.path().filename();
    if (!name.ends_with(".dist-info") && !name.ends_with(".egg-info")) continue;
    const std::string distribution = name.substr(0, std::min(name.find('-'), name.size() - 10));
    const auto topLevel = codegen::emit::readFile(entry.path() / "top_level.txt");
    const bool lists = topLevel && ("\n" + *topLevel + "\n").find("\n" + module + "\n") != std::string::npos;
    if (!lists && normalized(distribution) != normalized(module)) continue;
    auto metadata = codegen::emit::readFile(entry.path() / "METADATA");
    if (!metadata) metadata = codegen::emit::readFile(entry.is_directory(failure) ? entry.path() / "PKG-INFO" : entry.path());
    if (metadata) {
      found.name = firstValue(*metadata, "Name");
      found.version = firstValue(*metadata, "Version");
      found.what = fmt::format("{} {}", found.name, found.version);
      for (const char* key : {"License-Expression", "License"})
        if (const std::string licence = firstValue(*metadata, key); !licence.empty() && licence != "UNKNOWN") {
          found.licence = licence;
          break;
        }
    }
    for (const auto& inside : fs::recursive_directory_iterator(entry.path(), failure)) {
      const std::string file = inside.path().filename();
      for (const char* begin : {"LICENSE", "LICENCE", "COPYING", "NOTICE"})
        if (file.starts_with(begin)) found.text += codegen::emit::readFile(inside.path()).value_or("") + "\n";
    }
    if (found.text.empty())
      found.text = codegen::emit::readFile(fmt::format("/usr/share/doc/python3-{}/copyright", normalized(distribution))).value_or("");
    break;
  }
  if (found.text.empty()) found.text = "(no text is installed with it)\n";
  return found;
}

std::vector<ContainedPart> linkedParts(const BuiltProgram& program) {
  std::set<std::string_view> objects;
  for (const BuiltModule& m : program.modules) objects.insert(m.object);
  std::vector<ContainedPart> parts;
  auto add = [&](std::string_view what, std::string_view licence) -> ContainedPart* {
    if (std::any_of(parts.begin(), parts.end(), [&](const ContainedPart& p) { return p.what == what; })) return nullptr;
    ContainedPart& part = parts.emplace_back();
    part.what = part.name = what;
    part.licence = licence;
    return &part;
  };
  bool hasUnicode = false;
  std::set<std::string> files;
  for (const LinkedPiece& piece : program.pieces) {
    if (piece.file == "<internal>" || objects.contains(piece.file)) continue;
    files.insert(piece.file);
    if (baseName(piece.file).starts_with("libkrait_"))
      hasUnicode |= std::find(std::begin(kUnicodeMembers), std::end(kUnicodeMembers), piece.member) != std::end(kUnicodeMembers);
  }
  for (const std::string& file : files) {
    const std::string_view name = lazyLibrary(file).empty() ? baseName(file) : "libkrait_lazy.a";
    if (name.ends_with(".names.o") || name.ends_with(".main.o")) continue; // made for this program
    const LinkedRow* row = std::find_if(std::begin(kLinked), std::end(kLinked), [&](const LinkedRow& r) { return r.file == name; });
    if (row == std::end(kLinked)) {
      add(file, "unknown to Krait: see where it comes from");
      continue;
    }
    ContainedPart* part = add(row->what, row->licence);
    if (!part) continue;
    part->wantsText = row->wantsText;
    if (row->wantsText) part->text = debianText(row->package, row->files, file);
    part->package = row->package;
    part->version = row->package.empty() ? kVersion : debianVersion(row->package);
    if (!row->package.empty()) part->name = row->package;
  }
  if (hasUnicode)
    if (ContainedPart* part = add("tables of the Unicode Character Database", "Unicode-DFS-2016")) {
      part->text = kUnicodeNotice;
      part->wantsText = true;
      part->version = "14.0.0";
    }
  return parts;
}

std::vector<ContainedPart> moduleParts(const BuiltProgram& program, const std::string& stdlib, const std::vector<std::string>& sitePackages) {
  std::vector<ContainedPart> parts;
  std::map<std::string, size_t> packages;
  ContainedPart standard;
  for (const BuiltModule& m : program.modules) {
    auto isIn = [&](const std::string& folder) { return m.path.starts_with(folder + "/"); };
    const auto site = std::find_if(sitePackages.begin(), sitePackages.end(), isIn);
    if (site != sitePackages.end()) {
      const std::string top = m.name.substr(0, m.name.find('.'));
      const auto [at, isNew] = packages.emplace(top, parts.size());
      if (isNew) parts.push_back(installedPackage(top, *site));
      parts[at->second].modules.push_back(&m);
    } else if (isIn(stdlib)) {
      standard.modules.push_back(&m);
    }
  }
  if (const size_t count = standard.modules.size()) {
    auto text = codegen::emit::readFile(stdlib + "/LICENSE.txt");
    standard.what = fmt::format("{} module{} of Python's standard library", count, count == 1 ? "" : "s");
    standard.licence = "PSF-2.0";
    standard.text = text ? *text : debianText("libpython3.11-stdlib", "");
    standard.wantsText = true;
    standard.name = "Python's standard library";
    if (fs::path(stdlib) == "/usr/lib/python3.11") {
      standard.name = standard.package = "libpython3.11-stdlib";
      standard.version = debianVersion(standard.package);
    }
    parts.insert(parts.begin(), std::move(standard));
  }
  return parts;
}

} // namespace

std::vector<ContainedPart> contentsOf(const BuiltProgram& program, const std::string& stdlib, const std::vector<std::string>& sitePackages) {
  std::vector<ContainedPart> parts = linkedParts(program);
  for (ContainedPart& part : moduleParts(program, stdlib, sitePackages)) parts.push_back(std::move(part));
  return parts;
}

std::vector<const BuiltModule*> ownModules(const BuiltProgram& program, const std::vector<ContainedPart>& parts) {
  std::set<const BuiltModule*> others;
  for (const ContainedPart& part : parts) others.insert(part.modules.begin(), part.modules.end());
  std::vector<const BuiltModule*> own;
  for (const BuiltModule& m : program.modules)
    if (!m.path.empty() && !others.contains(&m)) own.push_back(&m);
  return own;
}

} // namespace krait::tools
