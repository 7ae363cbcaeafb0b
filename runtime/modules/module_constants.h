// Integer constants of native modules, as tables.
#pragma once
#include <cstddef>
#include "runtime/types/function.h"
#include "runtime/types/int.h"

namespace krait {

struct ModuleConstant {
  const char* name;
  int64_t value;
};
/// A row for a macro or enumerator that has the same name in Python.
#define KRAIT_MODULE_CONSTANT(name) {#name, static_cast<int64_t>(name)}

/// Adds them all: 0, or -1 with an error.
template <size_t N> int32_t moduleAddConstants(Value module, const ModuleConstant (&rows)[N]) {
  for (const ModuleConstant& row : rows)
    if (moduleAdd(module, row.name, newInt(row.value)) < 0) return -1;
  return 0;
}

} // namespace krait
