// Code objects: the Python view of a CodeInfo.
#pragma once
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

struct CodeObject {
  Object header;
  const CodeInfo* info;
  CodeInfo* own;        // replace() made it; else null
  Value varNames, cellNames, freeNames, constants, names; // tuples, made on demand
  Value bytecode, lineTable, exceptionTable;              // bytes, likewise; null: there are none
  int64_t stackSize;
  bool askedForBytecode;
  Value basis;          // the code object that `own` was copied from, kept for what it shares
  Value weakrefs;
};

/// The code object of `info`: borrowed, made once and kept by `info`.
Value codeObjectOf(const CodeInfo* info);
inline const CodeInfo* codeInfoOf(Value codeObject) { return codeObject.as<CodeObject>()->info; }

} // namespace krait
