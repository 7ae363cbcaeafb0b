// Debian's machine-readable copyright files are stanzas with fields, parted by empty lines; " ." stands for an empty line in a
// field. The text of a licence is in the field License of the stanza about the files, or in a stanza of its own.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include "codegen/emit/cache.h"
#include "tools/krait/built_program.h"

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

struct Contained {
  std::string what, licence, text;
  bool wantsText = false;
};

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
Contained installedPackage(const std::string& module, const std::string& folder) {
  Contained found{.what = fmt::format("{} (installed in {})", module, folder), .licence = "not stated: ask its authors", .text = {}, .wantsText = true};
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
      found.what = fmt::format("{} {}", firstValue(*metadata, "Name"), firstValue(*metadata, "Version"));
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

std::vector<Contained> linkedParts(const BuiltProgram& program) {
  std::set<std::string_view> objects;
  for (const BuiltModule& m : program.modules) objects.insert(m.object);
  std::vector<Contained> parts;
  auto add = [&](Contained part) {
    if (std::none_of(parts.begin(), parts.end(), [&](const Contained& p) { return p.what == part.what; })) parts.push_back(std::move(part));
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
    if (row == std::end(kLinked))
      add({.what = file, .licence = "unknown to Krait: see where it comes from", .text = {}, .wantsText = false});
    else
      add({.what = std::string(row->what), .licence = std::string(row->licence),
           .text = row->wantsText ? debianText(row->package, row->files, file) : "", .wantsText = row->wantsText});
  }
  if (hasUnicode) add({.what = "tables of the Unicode Character Database", .licence = "Unicode-DFS-2016", .text = kUnicodeNotice, .wantsText = true});
  return parts;
}

std::vector<Contained> moduleParts(const BuiltProgram& program, const std::string& stdlib, const std::vector<std::string>& sitePackages) {
  std::vector<Contained> parts;
  std::set<std::string> packages;
  size_t standard = 0;
  for (const BuiltModule& m : program.modules) {
    auto isIn = [&](const std::string& folder) { return m.path.starts_with(folder + "/"); };
    const auto site = std::find_if(sitePackages.begin(), sitePackages.end(), isIn);
    if (site != sitePackages.end()) {
      const std::string top = m.name.substr(0, m.name.find('.'));
      if (packages.insert(top).second) parts.push_back(installedPackage(top, *site));
    } else {
      standard += isIn(stdlib);
    }
  }
  if (standard > 0) {
    auto text = codegen::emit::readFile(stdlib + "/LICENSE.txt");
    parts.insert(parts.begin(), {.what = fmt::format("{} module{} of Python's standard library", standard, standard == 1 ? "" : "s"), .licence = "PSF-2.0",
                                 .text = text ? *text : debianText("libpython3.11-stdlib", ""), .wantsText = true});
  }
  return parts;
}

} // namespace

std::string noticesOf(const BuiltProgram& program, const std::string& stdlib, const std::vector<std::string>& sitePackages) {
  std::vector<Contained> parts = linkedParts(program);
  for (Contained& part : moduleParts(program, stdlib, sitePackages)) parts.push_back(std::move(part));
  std::string out = fmt::format("{} contains, besides modules of its author:\n\n", baseName(program.output));
  for (const Contained& part : parts) out += fmt::format("  {:<44}  {}{}\n", part.what, part.licence, part.wantsText ? "" : " (asks for no notice)");
  std::vector<std::string> loaded = program.atStart;
  for (const std::string& library : program.whenCalled) loaded.push_back("lib" + library);
  if (!loaded.empty()) out += fmt::format("\nIt contains nothing of these libraries, which it loads from the machine it runs on: {}.\n", fmt::join(loaded, ", "));
  for (const Contained& part : parts)
    if (part.wantsText) out += fmt::format("\n{}\n{}: {}\n{}\n\n{}", std::string(100, '-'), part.what, part.licence, std::string(100, '-'), part.text);
  return out;
}

} // namespace krait::tools
