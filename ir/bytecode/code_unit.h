// CPython 3.11's code object, as far as it is bytecode and its tables: what `co_code`, `co_positions()`, `dis` and the
// like show. ir/vm runs it where a program watches lines and opcodes; everything else runs as Krait's own code.
#pragma once

#include "ir/core/constant.h"
#include "runtime/abi/code.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace krait::ir::bytecode {

struct CodeUnit {
  std::string name, qualname;
  SourceSpan span{}; // of the definition, decorators included
  uint32_t firstLine = 1;
  uint32_t flags = 0;
  uint32_t posOnlyCount = 0, argCount = 0, kwOnlyCount = 0;
  uint32_t stackSize = 0;
  std::vector<std::string> names, varNames, cellNames, freeNames;

  struct Constant {
    core::ConstantId id = 0; // in the table of the compilation
    int32_t unit = -1;       // or: an index into `units`
  };
  std::vector<Constant> constants;
  std::vector<std::unique_ptr<CodeUnit>> units; // the code objects inside, in order of their definition

  std::string code;           // co_code: instructions with their cache words
  std::string lineTable;      // co_linetable
  std::string exceptionTable; // co_exceptiontable
};

} // namespace krait::ir::bytecode
