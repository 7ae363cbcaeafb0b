// What sys tells about this implementation and machine.
#pragma once
#include <string>
#include "runtime/object/ref.h"

namespace krait {

/// Where Debian keeps the standard library: sys._stdlib_dir.
constexpr const char* kStandardLibrary = "/usr/lib/python3.11";
/// Adds version, flags, float_info and the other constants to the sys dict.
int32_t addSysInfo(Value dict);
/// What command line and environment ask for (PYTHON… variables; -u and friends).
struct RuntimeFlags {
  int debug, inspect, interactive, optimize, dontWriteBytecode, noUserSite, noSite, ignoreEnvironment, verbose,
      bytesWarning, quiet, hashRandomization = 1, isolated, devMode, warnDefaultEncoding, safePath;
  int utf8Mode = -1;            // until command line, environment or locale decide: 0 or 1
  int64_t intMaxStrDigits = -1; // nothing was asked for
  bool unbuffered, faultHandler, ignoreHashSeed;
  std::string pycachePrefix;
  std::string checkHashBasedPycs = "default";
  int tracedFrames = 0; // of allocations, from the start on; 0: none are traced
  bool noDebugRanges;           // positions are lines only
};
extern RuntimeFlags runtimeFlags;
/// Adds what PYTHONUNBUFFERED, PYTHONUTF8, PYTHONINTMAXSTRDIGITS, … ask for to runtimeFlags.
void readEnvironment();
/// The value of a PYTHON variable; null if it is empty or unset, or if -E or -I hides it.
const char* pythonVariable(const char* name);
/// Limit of int/str conversions from PYTHONINTMAXSTRDIGITS or -X (`where`); ends the program if the text is bad.
void setIntegerDigits(const char* text, const char* where);
/// The same for runtimeFlags.tracedFrames.
void setTracedFrames(const char* text, const char* where);

} // namespace krait
