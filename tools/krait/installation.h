// What belongs to this krait: its runtime, found relative to its own executable.
#pragma once
#include <map>
#include <string>
#include <vector>
#include "codegen/emit/target.h"

namespace krait::tools {

struct Installation {
  const codegen::emit::Target* target = &codegen::emit::hostTarget();
  std::string sysroot;       // of another machine: the folder with its C library and what else is linked; else empty
  std::string archive;       // libkrait_runtime.a
  std::string sharedArchive; // libkrait_runtime_shared.a: for extension modules
  std::string engine;        // libkrait_engine.a: what exec and eval need
  std::string guest;         // libkrait_guest.a: what C extensions need
  // Archives of C libraries by their name ("ssl"), for programs that contain them, and of functions that load them from the
  // machine when they are called: docs/libraries.md.
  std::map<std::string, std::string> libraries, lazyLibraries;
  std::string startOrder;   // order.txt: symbols that starting a program uses
  std::string hotBitcode;   // hot.bc
  std::vector<std::string> linkOptions; // the lines of link_options beside the archive; a sanitized build has them
  std::string debuggerScript; // krait.py, which gdb reads with programs that are built with -g
  std::string library;      // folder of library modules that are compiled already, if there is one (`krait library`)
  std::string ownModules;   // folder of Python modules of our own (runtime/lib)
  std::string identity;     // changes whenever compiler or inlined runtime do; part of every cache key
  std::string linkedIdentity; // changes whenever what is only linked does; part of executables' keys
};

/// For the machine of this name (empty: this one). False with a message if there is none, it is not set up, or the tree is
/// incomplete. Works in the build tree and in an installed one.
bool findInstallation(Installation& found, const std::string& target, std::string& error);

/// The standard library's folder: `chosen`, or where the machine has it. Empty if it has none.
std::string findStandardLibrary(const std::string& chosen);
/// Folders of installed packages that this machine has, in the order they are searched.
std::vector<std::string> sitePackagesFolders();

} // namespace krait::tools
