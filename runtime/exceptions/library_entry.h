// Traceback entries of functions that CPython's library has in Python and this runtime has natively.
#pragma once
#include "runtime/abi/code.h"

namespace krait {

/// A place in such a function. Static: entries point to its description.
struct LibraryPlace {
  ModuleInfo module;       // name and filename; the text, if any, is in the file
  const char* function;    // qualified name
  int32_t firstLine;
  SourceSpan site;         // columns -1: unknown, as in frozen modules
  CodeInfo code{};
};

/// Gives the pending exception an entry that says it passed through `place`.
void addLibraryEntry(LibraryPlace& place);

} // namespace krait
