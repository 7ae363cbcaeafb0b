// The builtin functions by name: the row of each, defined in its family's file, and the function object that the
// builtins module has for it at first (cells.cpp).
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// A BuiltinFunctionObject whose words are written as addresses: a Value made from a pointer is no constant expression.
struct alignas(16) StaticFunction {
  Object header;
  const MethodDef* def;
  const void* self;
  const void* module;
  const void* weakrefs;
  Type* definingType;
};

extern "C" {
#define BUILTIN_FUNCTION(name)                                                                                \
  extern const MethodDef krt_builtin_def_##name;                                                              \
  extern StaticFunction krt_builtin_function_##name;
#define BUILTIN_TYPE(name, object)
#define BUILTIN_CONSTANT(name, object)
#include "runtime/abi/builtins.def"
}
} // namespace krait
