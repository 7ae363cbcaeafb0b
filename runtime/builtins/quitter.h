// The objects behind `exit` and `quit`, which CPython's site module adds.
#pragma once
#include "runtime/object/type.h"

namespace krait {

struct alignas(16) QuitterObject { Object header; const char* name; };
extern "C" QuitterObject krt_builtin_exit, krt_builtin_quit;

} // namespace krait
