// Libraries of the machine that native modules call: those that are not linked into this program (docs/libraries.md).
#pragma once

namespace krait {

/// libkrait_lazy_NAME.a has one (runtime/startup/lazy_function.h).
struct LazyLibrary {
  const char* name; // as the loader finds it
  void* handle;     // null until it is loaded
};

/// Loads the library unless it is there already. False: the machine does not have it; dlerror() says more.
bool loadLibrary(LazyLibrary& library);

/// Why the native module of this name cannot work: the loader's text about the library that it calls. Null if it can. Where the
/// library stands in its usual folder it is not loaded for the answer.
const char* missingLibraryOf(const char* module);

} // namespace krait
