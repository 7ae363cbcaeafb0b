// Lines of source for tracebacks: the text embedded in the executable, else the file.
#pragma once
#include <string>
#include <string_view>
#include "runtime/abi/code.h"
#include "runtime/object/ref.h"

namespace krait::exceptions {

/// Keeps the text of the file asked for last: tracebacks ask for the same one many times.
class SourceLines {
public:
  /// Line `number` (from 1) without its newline; false if there is none. Valid until the next call. Never leaves an error.
  bool find(const CodeInfo* code, int32_t number, std::string_view* out);

private:
  void load(const CodeInfo* code);
  Value filename_;   // borrowed from the code that is being shown
  std::string text_;
};

/// From now on there are no lines: the modules are going, io among them, with which CPython reads its files.
void endSourceLines();

/// The embedded text of a module (UTF-8), empty if there is none.
std::string embeddedSource(const ModuleInfo* module);

} // namespace krait::exceptions
