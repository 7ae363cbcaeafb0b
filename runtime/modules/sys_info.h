// What sys tells about this implementation and machine.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// Adds version, flags, float_info and the other constants to the sys dict.
int32_t addSysInfo(Value dict);
/// Whether environment and private knobs ask for it (PYTHON… variables; -u and friends).
struct RuntimeFlags {
  int debug, inspect, interactive, optimize, dontWriteBytecode, noUserSite, noSite, ignoreEnvironment, verbose,
      bytesWarning, quiet, hashRandomization = 1, isolated, devMode, utf8Mode, warnDefaultEncoding, safePath;
  int64_t intMaxStrDigits = 4300;
  bool unbuffered;
};
extern RuntimeFlags runtimeFlags;
/// Reads PYTHONOPTIMIZE, PYTHONUNBUFFERED, PYTHONUTF8, PYTHONINTMAXSTRDIGITS, … into runtimeFlags.
void readEnvironment();

} // namespace krait
