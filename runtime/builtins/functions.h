// The rows of the builtin functions, by name: each is defined in its family's file.
#pragma once
#include "runtime/object/type.h"

namespace krait {
extern "C" {
#define BUILTIN_FUNCTION(name) extern const MethodDef krt_builtin_def_##name;
#define BUILTIN_TYPE(name, object)
#define BUILTIN_CONSTANT(name, object)
#include "runtime/abi/builtins.def"
}
} // namespace krait
