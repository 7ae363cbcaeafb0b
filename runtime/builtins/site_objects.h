// The objects behind `exit`, `quit` and `help`, which CPython's site module adds.
#pragma once
#include "runtime/object/type.h"

namespace krait {

struct alignas(16) SiteObject { Object header; };
extern "C" SiteObject krt_builtin_help;
struct alignas(16) QuitterObject { Object header; const char* name; };
extern "C" QuitterObject krt_builtin_exit, krt_builtin_quit;

} // namespace krait
