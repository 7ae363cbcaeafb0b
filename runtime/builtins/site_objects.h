// The objects behind `exit`, `quit`, `help`, `copyright`, `credits` and `license`, which CPython's site module adds.
#pragma once
#include "runtime/object/type.h"

namespace krait {

struct alignas(16) SiteObject { Object header; };
extern "C" SiteObject krt_builtin_help;
struct alignas(16) QuitterObject { Object header; const char* name; };
extern "C" QuitterObject krt_builtin_exit, krt_builtin_quit;
struct alignas(16) PrinterObject {
  Object header;
  const char *name, *text;
  bool isShown; // by repr() too, as short texts are
};
extern "C" PrinterObject krt_builtin_copyright, krt_builtin_credits, krt_builtin_license;
constexpr char kCopyright[] = "Krait: Apache License 2.0 with LLVM exception.";

} // namespace krait
