// A whole program: its modules found, compiled (from the cache where they have
// not changed) and linked.
#pragma once
#include <string>
#include <vector>
#include "tools/krait/built_program.h"
#include "tools/krait/installation.h"
#include "tools/krait/options.h"

namespace krait::tools {

/// Of an extension's file, behind its name.

struct ProgramSource {
  std::string bytes;
  std::string filename;     // as tracebacks show it: absolute, "<string>" or "<stdin>"
  std::string folder;       // where its own modules are; empty: nowhere
  bool isPackage = false;   // the package's __init__ (extensions alone)
  std::string moduleName;   // of -m: the dotted name under which it is found; decides its relative imports
  std::vector<std::string> named; // dotted names on its command line that are compiled in if they are modules
};

/// Compiles and links `source` to `output`, or does what --jobs-file or --module say. False after everything was reported. Fills
/// `built` if it is given.
bool buildProgram(const ProgramSource& source, const Options& options, const Installation& installation,
                  const std::string& output, BuiltProgram* built);

/// Takes the program's objects that the team's cache has into the local one, and says how many. False after reporting.
bool prefetchProgram(const ProgramSource& source, const Options& options, const Installation& installation);

/// Compiles the library modules that the command line names and those that they import, at full effort, into the folder
/// that every build takes them from. What is there and fresh is kept, all other files there go. False after reporting.
bool compileLibrary(const Options& options, const Installation& installation);

/// An executable of `source` in the cache, made if need be: its path; empty after errors were reported.
std::string cachedProgram(const ProgramSource& source, const Options& options, const Installation& installation);

/// The source file of a module named on the command line (-m). One that only the installed packages have switches
/// `options.sitePackages` on. False after reporting.
bool findProgramModule(const std::string& name, Options& options, const Installation& installation,
                       ProgramSource& source);

} // namespace krait::tools
