// pyproject.toml as data: its tables [project] (PEP 621) and [tool.krait].
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>
#include "frontend/base/diagnostics.h"

namespace krait::tools {

/// A text with its place, for what only later turns out to be wrong.
struct PlacedText {
  std::string text;
  frontend::base::ErrorPosition position;
};

struct Person {
  std::string name, email; // one may be empty
};

struct Project {
  std::string file;   // as the command line led to it
  std::string text;   // of the file
  std::string folder; // that it is in
  PlacedText name, version;
  std::string description, requiresPython;
  std::string readme, readmeType;  // the text, and its content type; empty: none
  std::string license;             // an expression or a text
  std::vector<PlacedText> licenseFiles; // relative to the folder
  std::vector<std::string> keywords, classifiers, dependencies;
  std::vector<Person> authors, maintainers;
  std::map<std::string, std::string> urls;
  std::map<std::string, std::vector<std::string>> optionalDependencies;
  std::map<std::string, std::map<std::string, std::string>> entryPoints; // by group
  std::optional<std::vector<PlacedText>> modules;  // to compile; absent: all
  std::optional<std::vector<PlacedText>> packages; // top-level names that the wheel has; absent: by the layout
};

/// Reads FOLDER/pyproject.toml and files it refers to. False after reporting everything that is wrong.
bool readProject(const std::string& folder, Project& project);

/// An error at a place in the project's file.
void reportInProject(const Project& project, const frontend::base::ErrorPosition& position, const std::string& text);

/// In lower case, with one underscore for each run of '-', '_' and '.': the form in names of files.
std::string normalisedName(std::string_view name);

} // namespace krait::tools
