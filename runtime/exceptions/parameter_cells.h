// The order in which the variables of a frame die: as CPython keeps them. What is no parameter, and captured, stands behind the
// variables, as it does here; the cell of a parameter stands at the parameter's place, here behind the variables, too.
#pragma once
#include <algorithm>
#include "runtime/abi/code.h"
#include "runtime/object/ref.h"

namespace krait {

/// In front of the end of `locals` (co_varnames, then cells), one after the other: brings the cells of parameters to their places.
inline void placeParameterCells(const CodeInfo* code, Value* locals) {
  const uint32_t parameters = std::min(code->paramCount, code->varCount);
  for (uint32_t c = 0; c < code->cellCount; ++c) {
    Value& cell = locals[code->varCount + c];
    for (uint32_t p = 0; p < parameters && cell; ++p)
      if (code->varNames[p] == code->cellNames[c]) {
        const Value copy = locals[p]; // of what is in the cell
        locals[p] = cell;
        cell = Value();
        xdecref(copy);
      }
  }
}

} // namespace krait
