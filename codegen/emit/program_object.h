// The object that makes a program of its modules: `main`, or what CPython calls in an extension module, and the
// table of native modules, whose references pull exactly the imported ones out of the runtime's archive.
#pragma once
#include <string>
#include <vector>
#include "codegen/emit/target.h"

namespace krait::codegen::emit {

struct ProgramDescription {
  std::string mainModule;           // dotted name whose ModuleInfo main() starts
  std::vector<std::string> natives; // symbols of NativeModules
  std::string searchPath;           // ProgramInfo::searchPath
  std::string guests;               // krt_guest_packages; empty: the program is linked without the bridge
  std::string debuggerScript{};     // with -g: the file that gdb is to read (tools/gdb)
  bool isExtension = false;         // of CPython, by the name of the main module
  const Target* target = &hostTarget();
};

/// The function that CPython calls in the library of a module of this dotted name.
std::string extensionEntry(const std::string& module);

std::string writeProgramObject(const ProgramDescription& program);

} // namespace krait::codegen::emit
